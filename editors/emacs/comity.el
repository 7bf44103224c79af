;;; comity.el --- Check the language of draft joint statements  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "26.1"))
;; Keywords: languages, wp, tools
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; `M-x comity-check' runs comity on a draft or a folder in a compilation buffer; `next-error' goes to each finding.
;; `comity-flymake-setup' underlines findings as you type:
;;
;;     (add-hook 'text-mode-hook #'comity-flymake-setup)
;;     (add-hook 'markdown-mode-hook #'comity-flymake-setup)

;;; Code:

(require 'compile)
(require 'flymake)

(defgroup comity nil
  "The language of draft joint statements."
  :group 'tools)

(defcustom comity-program "comity"
  "The program to run."
  :type 'string)

(defcustom comity-arguments nil
  "More arguments for `comity check', such as (\"--pack\" \"framing\")."
  :type '(repeat string))

;;; In a compilation buffer

;; Lines are found unasked, the short format is that of the GNU compilers.  Columns are not: Emacs takes them to be those of the
;; screen, where a Hangul syllable has two.
(define-compilation-mode comity-check-mode "Comity"
  "What `comity check' has found."
  (setq-local compilation-error-screen-columns nil)
  (setq-local compilation-first-column 1))

;;;###autoload
(defun comity-check (path)
  "Check the draft or the folder PATH with comity.
Interactively check this draft, or with a prefix argument what you name."
  (interactive
   (list (if (or current-prefix-arg (not buffer-file-name))
             (read-file-name "Check: " nil nil t)
           buffer-file-name)))
  (save-some-buffers (not compilation-ask-about-save) compilation-save-buffers-predicate)
  (let ((arguments `(,comity-program "check" "--format" "short" ,@comity-arguments ,(comity--path path))))
    (compilation-start (mapconcat #'shell-quote-argument arguments " ") #'comity-check-mode)))

(defun comity--path (path)
  "PATH from the current directory, in a form that is never taken for an option."
  (let ((path (file-relative-name path)))
    (if (string-prefix-p "-" path) (concat "./" path) path)))

;;; In the draft, as it is written

(defvar-local comity--process nil
  "The check of this buffer that has not ended, if there is one.")

(defconst comity--finding
  (rx bol (+? nonl) ":" (group (+ digit)) ":" (group (+ digit)) ": "
      (group (or "error" "warning" "note")) ": " (group (+ nonl)) eol)
  "A line of the short format.")

(defun comity--end (begin message)
  "Where what MESSAGE quotes ends, if it begins at BEGIN, or else the word there.
Line breaks and markup may stand between the words of what is quoted."
  (save-excursion
    (goto-char begin)
    (let* ((quoted (and (string-match "\\`\"\\(.+?\\)\" " message) (match-string 1 message)))
           (words (and quoted (split-string quoted "[^[:alnum:]]+" t))))
      (cond ((and quoted (looking-at (regexp-quote quoted))) (match-end 0))
            ((and words (looking-at (mapconcat #'regexp-quote words "[^[:alnum:]]+"))) (match-end 0))
            (t (skip-syntax-forward "w_")
               (min (max (point) (1+ begin)) (point-max)))))))

(defun comity--diagnostic (buffer line column severity message)
  "The diagnostic of BUFFER with SEVERITY and MESSAGE at LINE and COLUMN.
Both count from 1, and columns count characters."
  (with-current-buffer buffer
    (save-excursion
      (save-restriction
        (widen)
        (goto-char (point-min))
        (forward-line (1- line))
        (let ((begin (min (+ (point) (1- column)) (line-end-position)))
              (type (pcase severity ("error" :error) ("warning" :warning) (_ :note)))
              (case-fold-search nil))
          (flymake-make-diagnostic buffer begin (comity--end begin message) type message))))))

(defun comity--diagnostics (output buffer)
  "The diagnostics of BUFFER that the buffer OUTPUT tells of."
  (with-current-buffer output
    (goto-char (point-min))
    (let (found)
      (while (re-search-forward comity--finding nil t)
        (push (save-match-data
                (comity--diagnostic buffer
                                    (string-to-number (match-string 1)) (string-to-number (match-string 2))
                                    (match-string 3) (match-string 4)))
              found))
      (nreverse found))))

(defun comity-flymake (report &rest _)
  "A backend of Flymake: check this buffer, saved or not, and call REPORT."
  (unless (executable-find comity-program)
    (error "There is no program %s" comity-program))
  (when (process-live-p comity--process)
    (kill-process comity--process))
  (let ((buffer (current-buffer))
        (name (and buffer-file-name (list "--stdin-filename" buffer-file-name))))
    (setq comity--process
          (make-process
           :name "comity" :noquery t :connection-type 'pipe :coding 'utf-8-unix
           :buffer (generate-new-buffer " *comity*")
           :command `(,comity-program "check" "--format" "short" "--quiet" ,@comity-arguments ,@name "-")
           :sentinel (lambda (process _) (comity--ended process buffer report))))
    (save-restriction
      (widen)
      (process-send-region comity--process (point-min) (point-max)))
    (process-send-eof comity--process)))

(defun comity--ended (process buffer report)
  "Give what PROCESS has found in BUFFER to REPORT, unless a later check was begun."
  (when (memq (process-status process) '(exit signal))
    (unwind-protect
        (when (and (buffer-live-p buffer) (eq process (buffer-local-value 'comity--process buffer)))
          ;; A configuration or a pack that cannot be read is told of in the log: it may be right again at the next keystroke.
          (when (> (process-exit-status process) 1)
            (flymake-log :warning "comity: %s" (with-current-buffer (process-buffer process) (buffer-string))))
          (funcall report (comity--diagnostics (process-buffer process) buffer)))
      (kill-buffer (process-buffer process)))))

;;;###autoload
(defun comity-flymake-setup ()
  "Underline what comity finds in this buffer."
  (add-hook 'flymake-diagnostic-functions #'comity-flymake nil t)
  (flymake-mode 1))

(provide 'comity)
;;; comity.el ends here
