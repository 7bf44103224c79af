" Sourced by tests/editors.rs in Vim and in Neovim: runs comity as a user does, goes to each entry of the list that comes of it,
" and writes where the cursor is to $RESULT as JSON: for each way, for each entry [file, line, byte column, type, text, what is
" under the cursor and behind it].

set nomore
let s:result = {}
try
  " For all buffers: each entry leads into another.
  compiler! comity
  for s:way in ['make', 'lmake', 'cgetexpr']
    " Drafts are read from their files the first time, from their buffers the second, and both the third.
    if s:way ==# 'cgetexpr'
      cgetexpr system('comity check --format short --quiet .')
    else
      execute 'silent' s:way '.'
    endif
    let s:to = s:way ==# 'lmake' ? 'll' : 'cc'
    let s:list = s:way ==# 'lmake' ? getloclist(0) : getqflist()
    let s:entries = s:way ==# 'cgetexpr' ? [] : [['cursor', bufname('%'), line('.'), col('.')]]
    for s:index in range(len(s:list))
      let s:item = s:list[s:index]
      execute 'silent' s:to s:index + 1
      call add(s:entries, [bufname('%'), line('.'), col('.'), s:item.type, s:item.text, getline('.')[col('.') - 1 :]])
    endfor
    let s:result[s:way] = s:entries
  endfor
  " Columns that are bytes already stay as they are, whoever chose the compiler before.
  vimgrep /containment/j bom.md
  let s:result.vimgrep = map(getqflist(), 'v:val.col')
catch
  let s:result.error = v:exception . ' at ' . v:throwpoint
endtry
call writefile([json_encode(s:result)], $RESULT)
qall!
