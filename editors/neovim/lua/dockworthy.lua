--- dockworthy's language server in Neovim, from 0.7 on.
---
--- `require('dockworthy').setup()` is all that is needed. Neovim from 0.11 on can also do without it:
--- `vim.lsp.enable('dockworthy')` reads `lsp/dockworthy.lua`, which takes its values from here.

local M = {}

--- Filetypes that may hold what the server lints. YAML files are taken by their names.
M.filetypes = { 'dockerfile', 'yaml', 'yaml.docker-compose', 'yaml.compose' }

--- Whether a name is that of a Compose file, or of the linter's configuration.
local function is_wanted_yaml(path)
  local name = vim.fn.fnamemodify(path, ':t'):lower()
  local stem = name:match('^(.+)%.ya?ml$')
  if not stem then
    return false
  end
  return stem == 'compose'
    or stem == 'docker-compose'
    or stem:match('^compose[._-]') ~= nil
    or stem:match('^docker%-compose[._-]') ~= nil
    or stem:match('[._-]compose$') ~= nil
    or name == 'dockworthy.yaml'
    or name == '.dockworthy.yaml'
end

--- Whether the server is for this buffer.
function M.wants(buffer)
  local filetype = vim.bo[buffer].filetype
  if filetype == 'dockerfile' then
    return true
  end
  return vim.tbl_contains(M.filetypes, filetype) and is_wanted_yaml(vim.api.nvim_buf_get_name(buffer))
end

--- The folder of the repository or of the configuration that a file stands under; nil where there is none, so that
--- nobody's home is searched for Dockerfiles.
function M.root(buffer)
  local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':p:h')
  while true do
    for _, marker in ipairs({ '.git', 'dockworthy.yaml', '.dockworthy.yaml' }) do
      if (vim.uv or vim.loop).fs_stat(folder .. '/' .. marker) then
        return folder
      end
    end
    local parent = vim.fn.fnamemodify(folder, ':h')
    if parent == folder then
      return nil
    end
    folder = parent
  end
end

--- Shows the places that a code lens of the server is about, as a quickfix list. The third argument are the places.
function M.show_references(command, context)
  local client = context and vim.lsp.get_client_by_id(context.client_id)
  local encoding = client and client.offset_encoding or 'utf-16'
  local items = vim.lsp.util.locations_to_items(command.arguments[3], encoding)
  vim.fn.setqflist({}, ' ', { title = command.title, items = items })
  vim.cmd('botright copen')
end

--- What every Neovim is told of the server, and the server of it.
M.config = {
  commands = { ['dockworthy.showReferences'] = M.show_references },
  before_init = function(params)
    local known = params.capabilities.experimental
    params.capabilities.experimental = vim.tbl_extend('force', type(known) == 'table' and known or {}, {
      commands = { commands = { 'dockworthy.showReferences' } },
    })
  end,
  cmd = { 'dockworthy', 'lsp' },
  filetypes = M.filetypes,
  root_dir = function(buffer, start)
    if M.wants(buffer) then
      start(M.root(buffer))
    end
  end,
  get_language_id = function(_, filetype)
    local yaml = filetype:match('^yaml')
    return yaml and 'yaml' or filetype
  end,
}

--- Applies every safe fix to the current buffer.
function M.fix_all()
  vim.lsp.buf_request(0, 'workspace/executeCommand', {
    command = 'dockworthy.fixAll',
    arguments = { vim.uri_from_bufnr(0) },
  }, function(problem)
    if problem then
      vim.notify('dockworthy: ' .. (problem.message or tostring(problem)), vim.log.levels.ERROR)
    end
  end)
end

--- Filetypes that Neovim does not know by itself; older ones know fewer.
local function add_filetypes()
  vim.filetype.add({
    extension = { containerfile = 'dockerfile', dockerfile = 'dockerfile' },
    filename = { Containerfile = 'dockerfile', containerfile = 'dockerfile', dockerfile = 'dockerfile' },
    pattern = {
      ['[Cc]ontainerfile%..*'] = { 'dockerfile', { priority = -1 } },
      ['[Dd]ockerfile%..*'] = { 'dockerfile', { priority = -1 } },
    },
  })
end

--- The servers that run in a Neovim before 0.8, by root.
local running = {}

--- Starts the server for a buffer, or attaches one that runs for the same root.
local function start(buffer, config)
  local root = M.root(buffer)
  local options = vim.tbl_extend('force', config, {
    name = 'dockworthy',
    root_dir = root,
    workspace_folders = root and { { uri = vim.uri_from_fname(root), name = root } } or nil,
  })
  if vim.lsp.start then
    vim.lsp.start(options, { bufnr = buffer })
    return
  end
  local key = root or ''
  local client = running[key] and vim.lsp.get_client_by_id(running[key])
  if not client or client.is_stopped() then
    -- Before 0.8 it was an error to start without a root.
    options.root_dir = root or vim.fn.getcwd()
    running[key] = vim.lsp.start_client(options)
  end
  vim.lsp.buf_attach_client(buffer, running[key])
end

--- Sets everything up.
---
--- `options.cmd` is the command, if it is not on `$PATH`; `options.settings` are the server's settings, as in
--- `{ features = { hover = false }, preset = 'hardened' }`; whatever else the language client of Neovim takes counts
--- as well, such as `on_attach` and `capabilities`.
function M.setup(options)
  options = vim.deepcopy(options or {})
  local settings = options.settings or {}
  options.settings = { dockworthy = settings }
  options.init_options = next(settings) and settings or nil
  add_filetypes()
  vim.api.nvim_create_user_command('DockworthyFixAll', M.fix_all, { desc = 'Apply every safe fix of dockworthy' })
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.config('dockworthy', vim.tbl_deep_extend('force', M.config, options))
    vim.lsp.enable('dockworthy')
    return
  end
  local config = vim.tbl_extend('force', M.config, options)
  config.filetypes = nil
  local group = vim.api.nvim_create_augroup('dockworthy', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = M.filetypes,
    callback = function(event)
      if M.wants(event.buf) then
        start(event.buf, config)
      end
    end,
  })
end

return M
