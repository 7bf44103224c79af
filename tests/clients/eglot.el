;;; eglot.el --- Loaded by tests/lsp_editors.rs  -*- lexical-binding: t; -*-

;; Emacs' own client on the draft in $DRAFT: writes to $RESULT as JSON the diagnostics that Flymake shows [line, column, type,
;; text of the region, rule], the line after the quick fix at $PHRASE, and the diagnostics that are left. Works with
;; the eglot of Emacs 29 and with the package for Emacs 28.

;; Where Debian has the package.
(require 'package)
(add-to-list 'package-directory-list "/usr/share/emacs/site-lisp/elpa")
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)

(defun await (what)
  "Wait until the function WHAT returns something, which is returned."
  (let ((patience 300) result)
    (while (not (or (setq result (funcall what)) (zerop (setq patience (1- patience)))))
      (accept-process-output nil 0.1))
    (or result (error "Nothing came"))))

(defun shown ()
  "The diagnostics that Flymake shows."
  (vconcat
   (mapcar (lambda (diagnostic)
             (goto-char (flymake-diagnostic-beg diagnostic))
             (vector (line-number-at-pos)
                     (1+ (- (point) (line-beginning-position)))
                     (symbol-name (flymake-diagnostic-type diagnostic))
                     (buffer-substring-no-properties (point) (flymake-diagnostic-end diagnostic))
                     ;; Each version of eglot puts it elsewhere in the message.
                     (and (string-match "house/[a-z]+" (flymake-diagnostic-text diagnostic))
                          (match-string 0 (flymake-diagnostic-text diagnostic)))))
           (sort (flymake-diagnostics)
                 (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))))

(defun await-diagnostics (count)
  "Wait until Flymake shows COUNT diagnostics."
  (await (lambda ()
           ;; Without a screen nothing but this has Flymake ask again.
           (flymake-start)
           (and (= (length (flymake-diagnostics)) count) (shown)))))

(defun fix (phrase)
  "Apply the quick fix at PHRASE that is no comment, and return its line."
  (goto-char (point-min))
  (search-forward phrase)
  (goto-char (match-beginning 0))
  ;; A key was pressed, not the mouse, and of what is offered the suggestion is chosen.
  (cl-letf ((last-nonmenu-event ?a)
            ((symbol-function 'completing-read)
             (lambda (_prompt choices &rest _)
               (let ((titles (all-completions "" choices)))
                 (or (seq-find (lambda (title) (string-prefix-p "Say " title)) titles)
                     (error "There is %S" titles))))))
    (eglot-code-actions (point) (1+ (point)) "quickfix" t))
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(setq eglot-server-programs (list (list 'text-mode (getenv "COMITY") "lsp"))
      eglot-sync-connect t
      eglot-confirm-server-edits nil
      eglot-autoshutdown t)
(let ((result
       (condition-case err
           (with-current-buffer (find-file-noselect (getenv "DRAFT"))
             (text-mode)
             (apply #'eglot (eglot--guess-contact))
             (let* ((before (await-diagnostics 2))
                    (fixed (fix (getenv "PHRASE")))
                    ;; Changes are told when Emacs is idle, which it never is without a screen, and before a file is saved.
                    (after (progn (basic-save-buffer) (await-diagnostics 1))))
               (eglot-shutdown (eglot-current-server))
               `((before . ,before) (fixed . ,fixed) (after . ,after))))
         (error `((error . ,(format "%S" err)))))))
  (with-temp-file (getenv "RESULT")
    (insert (json-encode result))))
;;; eglot.el ends here
