-- Drives the language server from a headless Neovim (0.7 or later), as a user's own configuration would, and prints one
-- line of JSON for each thing seen. FILE is the file to open, SERVER the server's JavaScript.
local file, server = os.getenv('FILE'), os.getenv('SERVER')
local patience = 20000

local function say(what, value)
  io.stdout:write(vim.json.encode({ what = what, value = value }) .. '\n')
end

local function until_true(holds, complaint)
  assert(vim.wait(patience, holds, 10), complaint)
end

local function drive()
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  local buffer = vim.api.nvim_get_current_buf()
  local id = vim.lsp.start_client({
    name = 'overlint',
    cmd = { 'node', server, '--stdio' },
    root_dir = vim.fn.fnamemodify(file, ':h:h'),
  })
  vim.lsp.buf_attach_client(buffer, id)
  local client = vim.lsp.get_client_by_id(id)
  until_true(function() return client.initialized end, 'the server did not answer initialize')
  until_true(function() return #vim.diagnostic.get(buffer) > 0 end, 'no diagnostics came')

  local function request(method, params)
    local answers, problem = vim.lsp.buf_request_sync(buffer, method, params, patience)
    assert(answers, problem)
    assert(not answers[id].err, method .. ': ' .. vim.inspect(answers[id].err))
    return answers[id].result
  end

  local before = vim.diagnostic.get(buffer)
  for _, diagnostic in ipairs(before) do
    say('diagnostic', {
      line = diagnostic.lnum + 1,
      code = diagnostic.user_data.lsp.code,
      severity = vim.diagnostic.severity[diagnostic.severity],
      message = diagnostic.message,
    })
  end

  local first = before[1]
  local document = vim.lsp.util.make_text_document_params(buffer)
  local place = { line = first.lnum, character = first.col }
  -- The member is the last word of what is underlined.
  local member = { line = first.end_lnum, character = first.end_col - 1 }
  local hover = request('textDocument/hover', { textDocument = document, position = member })
  say('hover', hover and hover.contents.value or vim.NIL)

  local range = { start = place, ['end'] = { line = first.end_lnum, character = first.end_col } }
  local context = { diagnostics = {}, only = { 'quickfix' } }
  local actions = request('textDocument/codeAction', { textDocument = document, range = range, context = context })
  for _, action in ipairs(actions) do say('action', action.title) end
  vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
  until_true(function() return #vim.diagnostic.get(buffer) == #before - 1 end, 'the fixed diagnostic stayed')

  context = { diagnostics = {}, only = { 'source.fixAll.overlint' } }
  actions = request('textDocument/codeAction', { textDocument = document, range = range, context = context })
  vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
  until_true(function() return #vim.diagnostic.get(buffer) == 0 end, 'diagnostics stayed after fix-all')

  vim.cmd('silent write!')
  client.stop()
  until_true(function() return client.is_stopped() end, 'the server did not stop')
end

local ok, problem = pcall(drive)
say(ok and 'passed' or 'failed', ok and true or tostring(problem))
vim.cmd(ok and 'qall!' or 'cquit 1')
