//! The client for Zed: says how the server is started and hands it the settings. Everything else is the server's.

use zed_extension_api::{
    Command, Extension, LanguageServerId, Result, Worktree, register_extension, serde_json,
    settings::LspSettings,
};

/// The name of the server in Zed's settings, and of its program.
const NAME: &str = "dockworthy";

struct Dockworthy;

impl Extension for Dockworthy {
    fn new() -> Dockworthy {
        Dockworthy
    }

    fn language_server_command(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let binary = LspSettings::for_worktree(NAME, worktree)?.binary;
        let (path, arguments, env) = match binary {
            Some(binary) => (binary.path, binary.arguments, binary.env),
            None => (None, None, None),
        };
        let command = path.or_else(|| worktree.which(NAME)).ok_or_else(|| {
            format!(
                "there is no `{NAME}` on PATH; install it, or set `lsp.{NAME}.binary.path` in Zed's settings"
            )
        })?;
        Ok(Command {
            command,
            args: arguments.unwrap_or_else(|| vec!["lsp".to_owned()]),
            env: match env {
                Some(env) => env.into_iter().collect(),
                None => worktree.shell_env(),
            },
        })
    }

    fn language_server_initialization_options(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(NAME, worktree)?;
        Ok(settings.initialization_options.or(settings.settings))
    }

    fn language_server_workspace_configuration(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(NAME, worktree)?.settings;
        Ok(settings.map(|settings| serde_json::json!({ NAME: settings })))
    }
}

register_extension!(Dockworthy);
