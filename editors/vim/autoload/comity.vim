" From the columns of comity to those of a quickfix list. No errorformat has an item for a column in characters: %c takes
" bytes and %v columns of the screen, and both are wrong behind Hangul or a no-break space.

" Sets the columns of the current quickfix list, or location list, if comity has just written it.
function! comity#columns(location) abort
  let l:list = a:location ? getloclist(0, {'title': 1, 'items': 1}) : getqflist({'title': 1, 'items': 1})
  if &encoding !=# 'utf-8' || get(l:list, 'title', '') !~# '\<comity\>.*\<check\>'
    return
  endif
  let l:files = {}
  for l:item in l:list.items
    if l:item.valid && l:item.col > 1
      let l:line = s:line(l:item.bufnr, l:item.lnum, l:files)
      " The index of a character counts from 0; past the end of the line there is none.
      let l:before = byteidxcomp(l:line, l:item.col - 1)
      if l:before >= 0
        let l:item.col = l:before + 1
      endif
    endif
  endfor
  if a:location
    call setloclist(0, [], 'r', {'items': l:list.items})
  else
    call setqflist([], 'r', {'items': l:list.items})
  endif
endfunction

" A line of a draft: of its buffer, or of its file, which is read once, if no window has shown it yet.
function! s:line(buffer, number, files) abort
  if bufloaded(a:buffer)
    return get(getbufline(a:buffer, a:number), 0, '')
  endif
  if !has_key(a:files, a:buffer)
    let l:name = fnamemodify(bufname(a:buffer), ':p')
    let a:files[a:buffer] = filereadable(l:name) ? readfile(l:name) : []
  endif
  return get(a:files[a:buffer], a:number - 1, '')
endfunction
