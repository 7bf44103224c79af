" Compiler:    comity, the language of draft joint statements
" Usage:       :compiler comity | make draft.md

if exists('current_compiler')
  finish
endif
let current_compiler = 'comity'

" For Vim before 7.4.191.
if exists(':CompilerSet') != 2
  command -nargs=* CompilerSet setlocal <args>
endif

CompilerSet makeprg=comity\ check\ --format\ short\ --quiet
CompilerSet errorformat=%f:%l:%c:\ %t%*[a-z]:\ %m

" comity counts characters, a quickfix list counts bytes.
augroup comity
  autocmd!
  autocmd QuickFixCmdPost make,cfile,cgetfile,cexpr,cgetexpr call comity#columns(0)
  autocmd QuickFixCmdPost lmake,lfile,lgetfile,lexpr,lgetexpr call comity#columns(1)
augroup END
