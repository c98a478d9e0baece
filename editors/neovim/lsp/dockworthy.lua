--- For `vim.lsp.enable('dockworthy')`, from Neovim 0.11 on.
return require('dockworthy').config
