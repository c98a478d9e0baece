--- Opens files in the real editor and the real server, waits for diagnostics, applies a quick fix and looks at the
--- buffer:
---
---   nvim --headless --clean --cmd 'set runtimepath^=editors/neovim' -c 'luafile editors/neovim/test.lua'
---
--- The program is the `dockworthy` on PATH. With `DOCKWORTHY_PLAIN` set, only `vim.lsp.enable` is called, as Neovim
--- allows from 0.11 on. The exit status tells.

local PATIENCE = 30000

local function fail(text)
  error(text, 0)
end

local function same(what, found, expected)
  if not vim.deep_equal(found, expected) then
    fail(what .. ': ' .. vim.inspect(found) .. ', not ' .. vim.inspect(expected))
  end
end

--- Opens a new file of the folder.
local function open(folder, name, lines)
  local path = folder .. '/' .. name
  vim.fn.writefile(lines, path)
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
end

local function rule_of(diagnostic)
  if diagnostic.code then
    return diagnostic.code
  end
  local sent = (diagnostic.user_data or {}).lsp or {}
  return sent.code
end

local function diagnostic_of(rule)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if rule_of(diagnostic) == rule then
      return diagnostic
    end
  end
end

--- Waits until the rule's finding is shown, or is no more.
local function wait_for(rule, is_there)
  local came = vim.wait(PATIENCE, function()
    return (diagnostic_of(rule) ~= nil) == is_there
  end, 20)
  if not came then
    local word = is_there and 'no finding of ' or 'still a finding of '
    fail(word .. rule .. ' in ' .. vim.inspect(vim.diagnostic.get(0)))
  end
end

--- Where the rule's finding stands: lines and bytes, from 0.
local function place_of(rule)
  wait_for(rule, true)
  local found = diagnostic_of(rule)
  return { found.lnum, found.col, found.end_lnum, found.end_col }
end

--- Chooses the entry with this title from the menu of code actions at the rule's finding, as a person would.
local function choose(rule, title)
  local found = diagnostic_of(rule)
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  local seen, is_chosen = {}, false
  vim.ui.select = function(items, options, on_choice)
    for index, item in ipairs(items) do
      local shown = options.format_item(item)
      table.insert(seen, shown)
      -- Newer versions add the server's name.
      if vim.startswith(shown, title) then
        is_chosen = true
        on_choice(item, index)
        return
      end
    end
    on_choice(nil, nil)
  end
  vim.lsp.buf.code_action()
  if not vim.wait(PATIENCE, function()
    return is_chosen
  end, 20) then
    fail('no code action "' .. title .. '" in ' .. vim.inspect(seen))
  end
end

--- Waits until the buffer has these lines.
local function wait_for_lines(expected)
  vim.wait(PATIENCE, function()
    return vim.deep_equal(vim.api.nvim_buf_get_lines(0, 0, -1, true), expected)
  end, 20)
  same('the buffer', vim.api.nvim_buf_get_lines(0, 0, -1, true), expected)
end

--- The servers of the current buffer.
local function servers()
  if vim.lsp.get_clients then
    return vim.lsp.get_clients({ bufnr = 0 })
  end
  return vim.tbl_values(vim.lsp.buf_get_clients(0))
end

local function test()
  local is_plain = vim.env.DOCKWORTHY_PLAIN ~= nil
  if is_plain then
    vim.lsp.enable('dockworthy')
  else
    require('dockworthy').setup({ settings = { features = { folding = false } } })
  end
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  vim.fn.system({ 'git', 'init', '--quiet', folder })
  same('git init', vim.v.shell_error, 0)
  folder = (vim.uv or vim.loop).fs_realpath(folder)

  vim.fn.mkdir(folder .. '/lens')
  vim.fn.writefile({ 'services:', '  web: { build: . }' }, folder .. '/lens/compose.yaml')

  -- Characters of two and four bytes stand before the finding: its columns are right in every encoding, or wrong.
  local run = 'RUN echo "é🐳" && apt-get upgrade'
  open(folder, 'Dockerfile', { 'FROM debian:13', run, 'USER 1000' })
  same('the filetype', vim.bo.filetype, 'dockerfile')
  local at = run:find('upgrade', 1, true) - 1
  same('the place', place_of('apt-get-missing-yes'), { 1, at, 1, #run })
  choose('apt-get-missing-yes', 'Add `-y`')
  wait_for_lines({ 'FROM debian:13', run .. ' -y', 'USER 1000' })
  wait_for('apt-get-missing-yes', false)

  local yaml = { 'services:', '  web:', '    image: nginx:1.29', '    prots: ["8080:80"]' }
  open(folder, 'compose.yaml', yaml)
  same('the place', place_of('unknown-property'), { 3, 4, 3, 9 })
  choose('unknown-property', 'Rename to `ports`')
  yaml[4] = '    ports: ["8080:80"]'
  wait_for_lines(yaml)
  wait_for('unknown-property', false)

  local abilities = servers()[1].server_capabilities
  same('folding', abilities.foldingRangeProvider ~= nil, is_plain)
  same('symbols', abilities.documentSymbolProvider ~= nil, true)

  open(folder, 'Containerfile.dev', { 'FROM debian:13', 'MAINTAINER somebody', 'USER 1000' })
  same('the filetype', vim.bo.filetype, 'dockerfile')
  wait_for('maintainer-deprecated', true)
  require('dockworthy').fix_all()
  wait_for_lines({ 'FROM debian:13', 'LABEL org.opencontainers.image.authors="somebody"', 'USER 1000' })

  -- A code lens leads to the service that builds the Dockerfile.
  open(folder, 'lens/Dockerfile', { 'FROM debian:latest', 'USER 1000' })
  wait_for('latest-tag', true)
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeLens', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
  }, PATIENCE)
  local server = servers()[1]
  local lens = answers[server.id].result[1]
  same('the lens', lens.command.title, '1 service uses this Dockerfile')
  require('dockworthy').config.commands[lens.command.command](lens.command, { client_id = server.id })
  local shown = vim.fn.getqflist()
  same('references', { #shown, shown[1].lnum, shown[1].col }, { 1, 2, 3 })
  vim.cmd('cclose')

  -- A YAML file that is none of ours gets no server.
  open(folder, 'values.yaml', { 'image: nginx' })
  same('the filetype', vim.bo.filetype, 'yaml')
  vim.wait(200)
  same('servers of values.yaml', #servers(), 0)
end

local is_right, problem = pcall(test)
if is_right then
  print('neovim ' .. tostring(vim.version().major) .. '.' .. tostring(vim.version().minor) .. ': passed\n')
  vim.cmd('qall!')
else
  io.stderr:write('neovim: ' .. tostring(problem) .. '\n')
  vim.cmd('cquit 1')
end
