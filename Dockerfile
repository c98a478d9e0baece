# The oldest Rust that builds dockworthy.
FROM rust:1.88-slim-bookworm@sha256:38bc5a86d998772d4aec2348656ed21438d20fcdce2795b56ca434cf21430d89 AS build
WORKDIR /src
# A static binary runs on `scratch`. Rust brings musl with its target; the allocator is in C.
RUN apt-get update && \
    apt-get install -y --no-install-recommends musl-tools=1.2.3-1 && \
    rm -rf /var/lib/apt/lists/* && \
    rustup target add "$(uname -m)-unknown-linux-musl"
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target,sharing=locked \
    cargo build --release --locked --bin dockworthy --target "$(uname -m)-unknown-linux-musl" && \
    install -D -m 0555 "target/$(uname -m)-unknown-linux-musl/release/dockworthy" /image/dockworthy && \
    install -D -m 0444 -t /image/licenses LICENSE-APACHE LICENSE-MIT

FROM scratch
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="dockworthy" \
      org.opencontainers.image.description="A static linter for Dockerfiles and Compose files" \
      org.opencontainers.image.source="https://github.com/dockworthy/dockworthy" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
COPY --from=build /image/ /
WORKDIR /work
USER 65532:65532
# It lints and ends.
HEALTHCHECK NONE
ENTRYPOINT ["/dockworthy"]
CMD ["check"]
