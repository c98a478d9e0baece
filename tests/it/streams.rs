//! Where output cannot go: closed pipes, full disks, folders that nobody may write to.
