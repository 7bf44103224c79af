-- Neovim's own client on the draft in the first buffer: prints the diagnostics of comity as Neovim places them (bytes, from 0),
-- applies the preferred quick fix, and prints the line and what is left. Started by tests/neovim.rs; works from Neovim 0.7 on.

local function say(line)
  io.stdout:write(line, "\n")
end

local function fail(reason)
  say("failed: " .. reason)
  vim.cmd("cquit")
end

local function run()
  vim.bo.filetype = "markdown"
  local config = { name = "comity", cmd = { vim.env.COMITY, "lsp" }, root_dir = vim.fn.getcwd() }
  local id
  if vim.lsp.start then
    id = vim.lsp.start(config)
  else
    id = vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(0, id)
  end

  local function places()
    local lines = {}
    for _, d in ipairs(vim.diagnostic.get(0)) do
      local place = ("%d:%d-%d:%d"):format(d.lnum, d.col, d.end_lnum, d.end_col)
      table.insert(lines, ("%s %d %s"):format(place, d.severity, d.code or d.user_data.lsp.code))
    end
    table.sort(lines)
    return lines
  end

  local function wait_for(count)
    if not vim.wait(20000, function() return #vim.diagnostic.get(0) == count end, 20) then
      fail(("waited for %d diagnostics in vain, there are: %s"):format(count, table.concat(places(), ", ")))
    end
    for _, line in ipairs(places()) do
      say(line)
    end
  end

  wait_for(tonumber(vim.env.EXPECTED))

  local client = vim.lsp.get_client_by_id(id)
  local last = vim.api.nvim_buf_line_count(0)
  local params = vim.lsp.util.make_given_range_params({ 1, 0 }, { last, #vim.fn.getline(last) - 1 }, 0, client.offset_encoding)
  params.context = { diagnostics = {}, only = { "quickfix" } }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 20000) or {}
  local actions = answers[id] and answers[id].result or {}
  for _, action in ipairs(actions) do
    if action.isPreferred then
      say("apply: " .. action.title)
      vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      say(vim.api.nvim_buf_get_lines(0, 2, 3, true)[1])
      wait_for(tonumber(vim.env.EXPECTED) - 1)
      vim.lsp.stop_client(id)
      vim.wait(20000, function() return vim.lsp.get_client_by_id(id) == nil end, 20)
      return
    end
  end
  fail("no action is preferred")
end

local ok, reason = pcall(run)
if not ok then
  fail(tostring(reason))
end
vim.cmd("qall!")
