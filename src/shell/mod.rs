//! The shell language of `RUN`, `CMD`, heredocs and Compose commands.
