//! GENERATED from `support.yaml` by the test `support_table_is_up_to_date`; do not edit.

use super::{Date, Product, Release};

/// The day on which the table was last looked through.
pub const TODAY: Date = Date {
    year: 2026,
    month: 11,
    day: 22,
};

pub(super) const PRODUCTS: &[Product] = &[
    Product {
        names: &["alpine"],
        title: "Alpine",
        suffix: Some("alpine"),
        supported: &["3.22"],
        releases: &[
            Release {
                version: "2.6",
                codenames: &[],
                end: Date {
                    year: 2015,
                    month: 5,
                    day: 1,
                },
            },
            Release {
                version: "2.7",
                codenames: &[],
                end: Date {
                    year: 2015,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.1",
                codenames: &[],
                end: Date {
                    year: 2016,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.10",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 5,
                    day: 1,
                },
            },
            Release {
                version: "3.11",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.12",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 5,
                    day: 1,
                },
            },
            Release {
                version: "3.13",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.14",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 5,
                    day: 1,
                },
            },
            Release {
                version: "3.15",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.16",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 5,
                    day: 23,
                },
            },
            Release {
                version: "3.17",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 11,
                    day: 22,
                },
            },
            Release {
                version: "3.18",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 5,
                    day: 9,
                },
            },
            Release {
                version: "3.19",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.2",
                codenames: &[],
                end: Date {
                    year: 2017,
                    month: 5,
                    day: 1,
                },
            },
            Release {
                version: "3.20",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 4,
                    day: 1,
                },
            },
            Release {
                version: "3.21",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.22",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 5,
                    day: 1,
                },
            },
            Release {
                version: "3.3",
                codenames: &[],
                end: Date {
                    year: 2017,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.4",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 5,
                    day: 1,
                },
            },
            Release {
                version: "3.5",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.6",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 5,
                    day: 1,
                },
            },
            Release {
                version: "3.7",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 11,
                    day: 1,
                },
            },
            Release {
                version: "3.8",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 5,
                    day: 1,
                },
            },
            Release {
                version: "3.9",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 11,
                    day: 1,
                },
            },
        ],
    },
    Product {
        names: &["amazonlinux"],
        title: "Amazon Linux",
        suffix: None,
        supported: &["2023"],
        releases: &[
            Release {
                version: "2",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "2016.09",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "2017.03",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "2017.09",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "2018.03",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "2023",
                codenames: &[],
                end: Date {
                    year: 2028,
                    month: 3,
                    day: 15,
                },
            },
        ],
    },
    Product {
        names: &["centos"],
        title: "CentOS",
        suffix: None,
        supported: &[],
        releases: &[
            Release {
                version: "5",
                codenames: &["centos5"],
                end: Date {
                    year: 2017,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "6",
                codenames: &["centos6"],
                end: Date {
                    year: 2020,
                    month: 11,
                    day: 30,
                },
            },
            Release {
                version: "7",
                codenames: &["centos7"],
                end: Date {
                    year: 2024,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "8",
                codenames: &["centos8"],
                end: Date {
                    year: 2021,
                    month: 12,
                    day: 31,
                },
            },
        ],
    },
    Product {
        names: &["debian"],
        title: "Debian",
        suffix: None,
        supported: &["13", "12"],
        releases: &[
            Release {
                version: "10",
                codenames: &["buster"],
                end: Date {
                    year: 2024,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "11",
                codenames: &["bullseye"],
                end: Date {
                    year: 2026,
                    month: 8,
                    day: 31,
                },
            },
            Release {
                version: "12",
                codenames: &["bookworm"],
                end: Date {
                    year: 2028,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "13",
                codenames: &["trixie"],
                end: Date {
                    year: 2030,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "7",
                codenames: &["wheezy"],
                end: Date {
                    year: 2018,
                    month: 5,
                    day: 31,
                },
            },
            Release {
                version: "8",
                codenames: &["jessie"],
                end: Date {
                    year: 2020,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "9",
                codenames: &["stretch"],
                end: Date {
                    year: 2022,
                    month: 7,
                    day: 1,
                },
            },
        ],
    },
    Product {
        names: &[
            "docker.elastic.co/elasticsearch/elasticsearch",
            "elasticsearch",
        ],
        title: "Elasticsearch",
        suffix: None,
        supported: &["9", "8"],
        releases: &[
            Release {
                version: "6",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 2,
                    day: 10,
                },
            },
            Release {
                version: "7",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 1,
                    day: 15,
                },
            },
        ],
    },
    Product {
        names: &["eclipse-temurin"],
        title: "Temurin",
        suffix: None,
        supported: &["21", "17"],
        releases: &[
            Release {
                version: "11",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "16",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 9,
                    day: 30,
                },
            },
            Release {
                version: "17",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "18",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 9,
                    day: 30,
                },
            },
            Release {
                version: "19",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "20",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 9,
                    day: 19,
                },
            },
            Release {
                version: "21",
                codenames: &[],
                end: Date {
                    year: 2029,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "22",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 9,
                    day: 17,
                },
            },
            Release {
                version: "23",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 3,
                    day: 18,
                },
            },
        ],
    },
    Product {
        names: &["fedora"],
        title: "Fedora",
        suffix: None,
        supported: &[],
        releases: &[
            Release {
                version: "25",
                codenames: &[],
                end: Date {
                    year: 2017,
                    month: 12,
                    day: 12,
                },
            },
            Release {
                version: "26",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 5,
                    day: 29,
                },
            },
            Release {
                version: "27",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 11,
                    day: 30,
                },
            },
            Release {
                version: "28",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 5,
                    day: 28,
                },
            },
            Release {
                version: "29",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 11,
                    day: 26,
                },
            },
            Release {
                version: "30",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 5,
                    day: 26,
                },
            },
            Release {
                version: "31",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 11,
                    day: 24,
                },
            },
            Release {
                version: "32",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 5,
                    day: 25,
                },
            },
            Release {
                version: "33",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 11,
                    day: 30,
                },
            },
            Release {
                version: "34",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 6,
                    day: 7,
                },
            },
            Release {
                version: "35",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 12,
                    day: 13,
                },
            },
            Release {
                version: "36",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 5,
                    day: 16,
                },
            },
            Release {
                version: "37",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 12,
                    day: 5,
                },
            },
            Release {
                version: "38",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 5,
                    day: 21,
                },
            },
            Release {
                version: "39",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 11,
                    day: 26,
                },
            },
            Release {
                version: "40",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 5,
                    day: 13,
                },
            },
            Release {
                version: "41",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 12,
                    day: 15,
                },
            },
            Release {
                version: "42",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 5,
                    day: 13,
                },
            },
            Release {
                version: "43",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 12,
                    day: 9,
                },
            },
        ],
    },
    Product {
        names: &["golang"],
        title: "Go",
        suffix: None,
        supported: &["1.27", "1.26"],
        releases: &[
            Release {
                version: "1.10",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 2,
                    day: 25,
                },
            },
            Release {
                version: "1.11",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 9,
                    day: 3,
                },
            },
            Release {
                version: "1.12",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 2,
                    day: 25,
                },
            },
            Release {
                version: "1.13",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 8,
                    day: 11,
                },
            },
            Release {
                version: "1.14",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 2,
                    day: 16,
                },
            },
            Release {
                version: "1.15",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 8,
                    day: 16,
                },
            },
            Release {
                version: "1.16",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 3,
                    day: 15,
                },
            },
            Release {
                version: "1.17",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 8,
                    day: 2,
                },
            },
            Release {
                version: "1.18",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 2,
                    day: 1,
                },
            },
            Release {
                version: "1.19",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 9,
                    day: 6,
                },
            },
            Release {
                version: "1.20",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 2,
                    day: 6,
                },
            },
            Release {
                version: "1.21",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 8,
                    day: 13,
                },
            },
            Release {
                version: "1.22",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 2,
                    day: 11,
                },
            },
            Release {
                version: "1.23",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 8,
                    day: 12,
                },
            },
            Release {
                version: "1.24",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 2,
                    day: 10,
                },
            },
            Release {
                version: "1.25",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 8,
                    day: 19,
                },
            },
        ],
    },
    Product {
        names: &["mariadb"],
        title: "MariaDB",
        suffix: None,
        supported: &["11.4", "10.11"],
        releases: &[
            Release {
                version: "10.0",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "10.1",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 10,
                    day: 17,
                },
            },
            Release {
                version: "10.10",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 11,
                    day: 17,
                },
            },
            Release {
                version: "10.11",
                codenames: &[],
                end: Date {
                    year: 2028,
                    month: 2,
                    day: 16,
                },
            },
            Release {
                version: "10.2",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 5,
                    day: 23,
                },
            },
            Release {
                version: "10.3",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 5,
                    day: 25,
                },
            },
            Release {
                version: "10.4",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 6,
                    day: 18,
                },
            },
            Release {
                version: "10.5",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 6,
                    day: 24,
                },
            },
            Release {
                version: "10.6",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 7,
                    day: 6,
                },
            },
            Release {
                version: "10.7",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 2,
                    day: 9,
                },
            },
            Release {
                version: "10.8",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 5,
                    day: 20,
                },
            },
            Release {
                version: "10.9",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 8,
                    day: 22,
                },
            },
            Release {
                version: "11.0",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 6,
                    day: 6,
                },
            },
            Release {
                version: "11.1",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 8,
                    day: 21,
                },
            },
            Release {
                version: "11.2",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 11,
                    day: 21,
                },
            },
            Release {
                version: "11.3",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 5,
                    day: 29,
                },
            },
            Release {
                version: "11.4",
                codenames: &[],
                end: Date {
                    year: 2029,
                    month: 5,
                    day: 29,
                },
            },
            Release {
                version: "11.5",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 11,
                    day: 21,
                },
            },
            Release {
                version: "11.6",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 2,
                    day: 13,
                },
            },
            Release {
                version: "5.5",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 4,
                    day: 11,
                },
            },
        ],
    },
    Product {
        names: &[
            "mcr.microsoft.com/dotnet/aspnet",
            "mcr.microsoft.com/dotnet/core/aspnet",
            "mcr.microsoft.com/dotnet/core/runtime",
            "mcr.microsoft.com/dotnet/core/runtime-deps",
            "mcr.microsoft.com/dotnet/core/sdk",
            "mcr.microsoft.com/dotnet/runtime",
            "mcr.microsoft.com/dotnet/runtime-deps",
            "mcr.microsoft.com/dotnet/sdk",
        ],
        title: ".NET",
        suffix: None,
        supported: &["10"],
        releases: &[
            Release {
                version: "1.0",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 6,
                    day: 27,
                },
            },
            Release {
                version: "1.1",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 6,
                    day: 27,
                },
            },
            Release {
                version: "10",
                codenames: &[],
                end: Date {
                    year: 2028,
                    month: 11,
                    day: 14,
                },
            },
            Release {
                version: "2.0",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 10,
                    day: 1,
                },
            },
            Release {
                version: "2.1",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 8,
                    day: 21,
                },
            },
            Release {
                version: "2.2",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 12,
                    day: 23,
                },
            },
            Release {
                version: "3.0",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 3,
                    day: 3,
                },
            },
            Release {
                version: "3.1",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 12,
                    day: 13,
                },
            },
            Release {
                version: "5",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 5,
                    day: 10,
                },
            },
            Release {
                version: "6",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 11,
                    day: 12,
                },
            },
            Release {
                version: "7",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 5,
                    day: 14,
                },
            },
            Release {
                version: "8",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 11,
                    day: 10,
                },
            },
            Release {
                version: "9",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 11,
                    day: 10,
                },
            },
        ],
    },
    Product {
        names: &["mcr.microsoft.com/windows/nanoserver"],
        title: "Nano Server",
        suffix: None,
        supported: &["ltsc2025", "ltsc2022"],
        releases: &[
            Release {
                version: "1709",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 4,
                    day: 9,
                },
            },
            Release {
                version: "1803",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 11,
                    day: 12,
                },
            },
            Release {
                version: "1903",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 12,
                    day: 8,
                },
            },
            Release {
                version: "1909",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 5,
                    day: 11,
                },
            },
            Release {
                version: "2004",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 12,
                    day: 14,
                },
            },
            Release {
                version: "20H2",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 8,
                    day: 9,
                },
            },
            Release {
                version: "ltsc2019",
                codenames: &[],
                end: Date {
                    year: 2029,
                    month: 1,
                    day: 9,
                },
            },
            Release {
                version: "ltsc2022",
                codenames: &[],
                end: Date {
                    year: 2031,
                    month: 10,
                    day: 14,
                },
            },
            Release {
                version: "ltsc2025",
                codenames: &[],
                end: Date {
                    year: 2034,
                    month: 10,
                    day: 10,
                },
            },
        ],
    },
    Product {
        names: &["mcr.microsoft.com/windows/servercore"],
        title: "Windows Server",
        suffix: None,
        supported: &["ltsc2025", "ltsc2022"],
        releases: &[
            Release {
                version: "1709",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 4,
                    day: 9,
                },
            },
            Release {
                version: "1803",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 11,
                    day: 12,
                },
            },
            Release {
                version: "1903",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 12,
                    day: 8,
                },
            },
            Release {
                version: "1909",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 5,
                    day: 11,
                },
            },
            Release {
                version: "2004",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 12,
                    day: 14,
                },
            },
            Release {
                version: "20H2",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 8,
                    day: 9,
                },
            },
            Release {
                version: "ltsc2016",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 1,
                    day: 12,
                },
            },
            Release {
                version: "ltsc2019",
                codenames: &[],
                end: Date {
                    year: 2029,
                    month: 1,
                    day: 9,
                },
            },
            Release {
                version: "ltsc2022",
                codenames: &[],
                end: Date {
                    year: 2031,
                    month: 10,
                    day: 14,
                },
            },
            Release {
                version: "ltsc2025",
                codenames: &[],
                end: Date {
                    year: 2034,
                    month: 10,
                    day: 10,
                },
            },
        ],
    },
    Product {
        names: &["mongo"],
        title: "MongoDB",
        suffix: None,
        supported: &["8.0", "7.0"],
        releases: &[
            Release {
                version: "2.6",
                codenames: &[],
                end: Date {
                    year: 2016,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "3.0",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 2,
                    day: 28,
                },
            },
            Release {
                version: "3.2",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 9,
                    day: 30,
                },
            },
            Release {
                version: "3.4",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 1,
                    day: 31,
                },
            },
            Release {
                version: "3.6",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "4.0",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "4.2",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "4.4",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 2,
                    day: 29,
                },
            },
            Release {
                version: "5.0",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "6.0",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 7,
                    day: 31,
                },
            },
            Release {
                version: "7.0",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 8,
                    day: 31,
                },
            },
            Release {
                version: "8.0",
                codenames: &[],
                end: Date {
                    year: 2029,
                    month: 10,
                    day: 31,
                },
            },
        ],
    },
    Product {
        names: &["mysql"],
        title: "MySQL",
        suffix: None,
        supported: &["9.7", "8.4"],
        releases: &[
            Release {
                version: "5.5",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "5.6",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 2,
                    day: 28,
                },
            },
            Release {
                version: "5.7",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "8.0",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "8.1",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 10,
                    day: 25,
                },
            },
            Release {
                version: "8.2",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 12,
                    day: 14,
                },
            },
            Release {
                version: "8.3",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 4,
                    day: 10,
                },
            },
            Release {
                version: "8.4",
                codenames: &[],
                end: Date {
                    year: 2032,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "9.0",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 10,
                    day: 15,
                },
            },
            Release {
                version: "9.1",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 1,
                    day: 21,
                },
            },
            Release {
                version: "9.2",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 4,
                    day: 15,
                },
            },
            Release {
                version: "9.3",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 7,
                    day: 22,
                },
            },
            Release {
                version: "9.4",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 10,
                    day: 21,
                },
            },
            Release {
                version: "9.5",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 1,
                    day: 20,
                },
            },
            Release {
                version: "9.6",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 4,
                    day: 21,
                },
            },
        ],
    },
    Product {
        names: &["nginx", "nginxinc/nginx-unprivileged"],
        title: "nginx",
        suffix: None,
        supported: &[],
        releases: &[
            Release {
                version: "1.10",
                codenames: &[],
                end: Date {
                    year: 2017,
                    month: 4,
                    day: 12,
                },
            },
            Release {
                version: "1.12",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 4,
                    day: 17,
                },
            },
            Release {
                version: "1.14",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 4,
                    day: 23,
                },
            },
            Release {
                version: "1.16",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 4,
                    day: 20,
                },
            },
            Release {
                version: "1.18",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 4,
                    day: 20,
                },
            },
            Release {
                version: "1.19",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 5,
                    day: 25,
                },
            },
            Release {
                version: "1.20",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 5,
                    day: 24,
                },
            },
            Release {
                version: "1.21",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 6,
                    day: 21,
                },
            },
            Release {
                version: "1.22",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 4,
                    day: 11,
                },
            },
            Release {
                version: "1.23",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 5,
                    day: 23,
                },
            },
            Release {
                version: "1.24",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 4,
                    day: 23,
                },
            },
            Release {
                version: "1.25",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 5,
                    day: 29,
                },
            },
            Release {
                version: "1.26",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 4,
                    day: 23,
                },
            },
            Release {
                version: "1.27",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 6,
                    day: 24,
                },
            },
        ],
    },
    Product {
        names: &["node"],
        title: "Node.js",
        suffix: None,
        supported: &["24", "22"],
        releases: &[
            Release {
                version: "10",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "11",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "12",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "13",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 6,
                    day: 1,
                },
            },
            Release {
                version: "14",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "15",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 6,
                    day: 1,
                },
            },
            Release {
                version: "16",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 9,
                    day: 11,
                },
            },
            Release {
                version: "17",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 6,
                    day: 1,
                },
            },
            Release {
                version: "18",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "19",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 6,
                    day: 1,
                },
            },
            Release {
                version: "20",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "21",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 6,
                    day: 1,
                },
            },
            Release {
                version: "22",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "23",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 6,
                    day: 1,
                },
            },
            Release {
                version: "24",
                codenames: &[],
                end: Date {
                    year: 2028,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "25",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 6,
                    day: 1,
                },
            },
            Release {
                version: "4",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "5",
                codenames: &[],
                end: Date {
                    year: 2016,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "6",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "7",
                codenames: &[],
                end: Date {
                    year: 2017,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "8",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "9",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 6,
                    day: 30,
                },
            },
        ],
    },
    Product {
        names: &["opensuse/leap"],
        title: "openSUSE Leap",
        suffix: None,
        supported: &["16.0"],
        releases: &[
            Release {
                version: "15.0",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 12,
                    day: 3,
                },
            },
            Release {
                version: "15.1",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 2,
                    day: 2,
                },
            },
            Release {
                version: "15.2",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 1,
                    day: 4,
                },
            },
            Release {
                version: "15.3",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "15.4",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 12,
                    day: 7,
                },
            },
            Release {
                version: "15.5",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "15.6",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 4,
                    day: 30,
                },
            },
            Release {
                version: "16.0",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "42.3",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 7,
                    day: 1,
                },
            },
        ],
    },
    Product {
        names: &["php"],
        title: "PHP",
        suffix: None,
        supported: &["8.5", "8.4", "8.3"],
        releases: &[
            Release {
                version: "5.3",
                codenames: &[],
                end: Date {
                    year: 2014,
                    month: 8,
                    day: 14,
                },
            },
            Release {
                version: "5.4",
                codenames: &[],
                end: Date {
                    year: 2015,
                    month: 9,
                    day: 14,
                },
            },
            Release {
                version: "5.5",
                codenames: &[],
                end: Date {
                    year: 2016,
                    month: 7,
                    day: 21,
                },
            },
            Release {
                version: "5.6",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "7.0",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 1,
                    day: 10,
                },
            },
            Release {
                version: "7.1",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 12,
                    day: 1,
                },
            },
            Release {
                version: "7.2",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 11,
                    day: 30,
                },
            },
            Release {
                version: "7.3",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 12,
                    day: 6,
                },
            },
            Release {
                version: "7.4",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 11,
                    day: 28,
                },
            },
            Release {
                version: "8.0",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 11,
                    day: 26,
                },
            },
            Release {
                version: "8.1",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "8.2",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "8.3",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "8.4",
                codenames: &[],
                end: Date {
                    year: 2028,
                    month: 12,
                    day: 31,
                },
            },
            Release {
                version: "8.5",
                codenames: &[],
                end: Date {
                    year: 2029,
                    month: 12,
                    day: 31,
                },
            },
        ],
    },
    Product {
        names: &["postgis/postgis", "postgres"],
        title: "PostgreSQL",
        suffix: None,
        supported: &["16", "15"],
        releases: &[
            Release {
                version: "10",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 11,
                    day: 10,
                },
            },
            Release {
                version: "11",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 11,
                    day: 9,
                },
            },
            Release {
                version: "12",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 11,
                    day: 14,
                },
            },
            Release {
                version: "13",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 11,
                    day: 13,
                },
            },
            Release {
                version: "14",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 11,
                    day: 12,
                },
            },
            Release {
                version: "15",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 11,
                    day: 11,
                },
            },
            Release {
                version: "16",
                codenames: &[],
                end: Date {
                    year: 2028,
                    month: 11,
                    day: 9,
                },
            },
            Release {
                version: "9.0",
                codenames: &[],
                end: Date {
                    year: 2015,
                    month: 10,
                    day: 8,
                },
            },
            Release {
                version: "9.1",
                codenames: &[],
                end: Date {
                    year: 2016,
                    month: 10,
                    day: 27,
                },
            },
            Release {
                version: "9.2",
                codenames: &[],
                end: Date {
                    year: 2017,
                    month: 11,
                    day: 9,
                },
            },
            Release {
                version: "9.3",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 11,
                    day: 8,
                },
            },
            Release {
                version: "9.4",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 2,
                    day: 13,
                },
            },
            Release {
                version: "9.5",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 2,
                    day: 11,
                },
            },
            Release {
                version: "9.6",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 11,
                    day: 11,
                },
            },
        ],
    },
    Product {
        names: &["python"],
        title: "Python",
        suffix: None,
        supported: &["3.13", "3.12", "3.11"],
        releases: &[
            Release {
                version: "2.7",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 1,
                    day: 1,
                },
            },
            Release {
                version: "3.10",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "3.11",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "3.12",
                codenames: &[],
                end: Date {
                    year: 2028,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "3.13",
                codenames: &[],
                end: Date {
                    year: 2029,
                    month: 10,
                    day: 31,
                },
            },
            Release {
                version: "3.2",
                codenames: &[],
                end: Date {
                    year: 2016,
                    month: 2,
                    day: 20,
                },
            },
            Release {
                version: "3.3",
                codenames: &[],
                end: Date {
                    year: 2017,
                    month: 9,
                    day: 29,
                },
            },
            Release {
                version: "3.4",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 3,
                    day: 18,
                },
            },
            Release {
                version: "3.5",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 9,
                    day: 30,
                },
            },
            Release {
                version: "3.6",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 12,
                    day: 23,
                },
            },
            Release {
                version: "3.7",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 6,
                    day: 27,
                },
            },
            Release {
                version: "3.8",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 10,
                    day: 7,
                },
            },
            Release {
                version: "3.9",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 10,
                    day: 31,
                },
            },
        ],
    },
    Product {
        names: &[
            "redhat/ubi8",
            "redhat/ubi8-minimal",
            "redhat/ubi9",
            "redhat/ubi9-minimal",
            "registry.access.redhat.com/ubi7",
            "registry.access.redhat.com/ubi7-minimal",
            "registry.access.redhat.com/ubi7/ubi",
            "registry.access.redhat.com/ubi7/ubi-init",
            "registry.access.redhat.com/ubi7/ubi-minimal",
            "registry.access.redhat.com/ubi8",
            "registry.access.redhat.com/ubi8-minimal",
            "registry.access.redhat.com/ubi8/ubi",
            "registry.access.redhat.com/ubi8/ubi-minimal",
            "registry.access.redhat.com/ubi9",
            "registry.access.redhat.com/ubi9-minimal",
            "registry.access.redhat.com/ubi9/ubi",
            "registry.access.redhat.com/ubi9/ubi-minimal",
        ],
        title: "Red Hat UBI",
        suffix: None,
        supported: &[],
        releases: &[
            Release {
                version: "7",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 6,
                    day: 30,
                },
            },
            Release {
                version: "8",
                codenames: &[],
                end: Date {
                    year: 2029,
                    month: 5,
                    day: 31,
                },
            },
            Release {
                version: "9",
                codenames: &[],
                end: Date {
                    year: 2032,
                    month: 5,
                    day: 31,
                },
            },
        ],
    },
    Product {
        names: &["redis"],
        title: "Redis",
        suffix: None,
        supported: &[],
        releases: &[
            Release {
                version: "5.0",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 4,
                    day: 27,
                },
            },
            Release {
                version: "6.0",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 5,
                    day: 31,
                },
            },
            Release {
                version: "7.0",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 7,
                    day: 29,
                },
            },
            Release {
                version: "8.0",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 2,
                    day: 11,
                },
            },
        ],
    },
    Product {
        names: &["ruby"],
        title: "Ruby",
        suffix: None,
        supported: &["4.0", "3.4", "3.3"],
        releases: &[
            Release {
                version: "2.1",
                codenames: &[],
                end: Date {
                    year: 2017,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "2.2",
                codenames: &[],
                end: Date {
                    year: 2018,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "2.3",
                codenames: &[],
                end: Date {
                    year: 2019,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "2.4",
                codenames: &[],
                end: Date {
                    year: 2020,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "2.5",
                codenames: &[],
                end: Date {
                    year: 2021,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "2.6",
                codenames: &[],
                end: Date {
                    year: 2022,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "2.7",
                codenames: &[],
                end: Date {
                    year: 2023,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "3.0",
                codenames: &[],
                end: Date {
                    year: 2024,
                    month: 4,
                    day: 23,
                },
            },
            Release {
                version: "3.1",
                codenames: &[],
                end: Date {
                    year: 2025,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "3.2",
                codenames: &[],
                end: Date {
                    year: 2026,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "3.3",
                codenames: &[],
                end: Date {
                    year: 2027,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "3.4",
                codenames: &[],
                end: Date {
                    year: 2028,
                    month: 3,
                    day: 31,
                },
            },
            Release {
                version: "4.0",
                codenames: &[],
                end: Date {
                    year: 2029,
                    month: 3,
                    day: 31,
                },
            },
        ],
    },
    Product {
        names: &["ubuntu"],
        title: "Ubuntu",
        suffix: None,
        supported: &["26.04", "24.04", "22.04"],
        releases: &[
            Release {
                version: "12.04",
                codenames: &["precise"],
                end: Date {
                    year: 2017,
                    month: 4,
                    day: 28,
                },
            },
            Release {
                version: "14.04",
                codenames: &["trusty"],
                end: Date {
                    year: 2019,
                    month: 4,
                    day: 2,
                },
            },
            Release {
                version: "15.04",
                codenames: &[],
                end: Date {
                    year: 2016,
                    month: 2,
                    day: 4,
                },
            },
            Release {
                version: "15.10",
                codenames: &[],
                end: Date {
                    year: 2016,
                    month: 7,
                    day: 28,
                },
            },
            Release {
                version: "16.04",
                codenames: &["xenial"],
                end: Date {
                    year: 2021,
                    month: 4,
                    day: 2,
                },
            },
            Release {
                version: "16.10",
                codenames: &["yakkety"],
                end: Date {
                    year: 2017,
                    month: 7,
                    day: 20,
                },
            },
            Release {
                version: "17.04",
                codenames: &["zesty"],
                end: Date {
                    year: 2018,
                    month: 1,
                    day: 13,
                },
            },
            Release {
                version: "17.10",
                codenames: &["artful"],
                end: Date {
                    year: 2018,
                    month: 7,
                    day: 19,
                },
            },
            Release {
                version: "18.04",
                codenames: &["bionic"],
                end: Date {
                    year: 2023,
                    month: 5,
                    day: 31,
                },
            },
            Release {
                version: "18.10",
                codenames: &["cosmic"],
                end: Date {
                    year: 2019,
                    month: 7,
                    day: 18,
                },
            },
            Release {
                version: "19.04",
                codenames: &["disco"],
                end: Date {
                    year: 2020,
                    month: 1,
                    day: 23,
                },
            },
            Release {
                version: "19.10",
                codenames: &["eoan"],
                end: Date {
                    year: 2020,
                    month: 7,
                    day: 6,
                },
            },
            Release {
                version: "20.04",
                codenames: &["focal"],
                end: Date {
                    year: 2025,
                    month: 5,
                    day: 31,
                },
            },
            Release {
                version: "20.10",
                codenames: &["groovy"],
                end: Date {
                    year: 2021,
                    month: 7,
                    day: 22,
                },
            },
            Release {
                version: "21.04",
                codenames: &["hirsute"],
                end: Date {
                    year: 2022,
                    month: 1,
                    day: 20,
                },
            },
            Release {
                version: "21.10",
                codenames: &["impish"],
                end: Date {
                    year: 2022,
                    month: 7,
                    day: 14,
                },
            },
            Release {
                version: "22.04",
                codenames: &["jammy"],
                end: Date {
                    year: 2027,
                    month: 4,
                    day: 1,
                },
            },
            Release {
                version: "22.10",
                codenames: &["kinetic"],
                end: Date {
                    year: 2023,
                    month: 7,
                    day: 20,
                },
            },
            Release {
                version: "23.04",
                codenames: &["lunar"],
                end: Date {
                    year: 2024,
                    month: 1,
                    day: 20,
                },
            },
            Release {
                version: "23.10",
                codenames: &["mantic"],
                end: Date {
                    year: 2024,
                    month: 7,
                    day: 12,
                },
            },
            Release {
                version: "24.04",
                codenames: &["noble"],
                end: Date {
                    year: 2029,
                    month: 5,
                    day: 31,
                },
            },
            Release {
                version: "24.10",
                codenames: &["oracular"],
                end: Date {
                    year: 2025,
                    month: 7,
                    day: 10,
                },
            },
            Release {
                version: "25.04",
                codenames: &["plucky"],
                end: Date {
                    year: 2026,
                    month: 1,
                    day: 17,
                },
            },
            Release {
                version: "25.10",
                codenames: &["questing"],
                end: Date {
                    year: 2026,
                    month: 7,
                    day: 1,
                },
            },
            Release {
                version: "26.04",
                codenames: &["resolute"],
                end: Date {
                    year: 2031,
                    month: 4,
                    day: 30,
                },
            },
        ],
    },
];
