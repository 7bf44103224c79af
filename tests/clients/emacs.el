;;; emacs.el --- Loaded by tests/editors.rs  -*- lexical-binding: t; -*-

;; Runs comity as a user does, goes to each finding, and writes where point is to $RESULT as JSON: for compile and for
;; comity-check [file, line, column in characters, what is behind point], for flymake [line, column, type, text of the region].

(require 'comity)
(require 'json)

(defun await (what)
  "Wait until the function WHAT returns something, which is returned."
  (let ((patience 300) result)
    (while (not (or (setq result (funcall what)) (zerop (setq patience (1- patience)))))
      (accept-process-output nil 0.1))
    (or result (error "Nothing came"))))

(defun place ()
  "Where point is."
  (vector (line-number-at-pos) (1+ (- (point) (line-beginning-position)))))

(defun compiled (buffer)
  "Where `next-error' goes from the compilation BUFFER, when it has ended."
  (await (lambda () (not (get-buffer-process buffer))))
  (setq next-error-last-buffer buffer)
  (let ((directory (buffer-local-value 'default-directory buffer)) places)
    (condition-case nil
        (while t
          (next-error)
          (with-current-buffer (window-buffer)
            (push (vconcat (list (file-relative-name buffer-file-name directory))
                           (place)
                           (list (buffer-substring-no-properties (point) (line-end-position))))
                  places)))
      (user-error nil))
    (vconcat (nreverse places))))

(defun underlined (file)
  "What the backend of Flymake finds in FILE."
  (with-current-buffer (find-file-noselect file)
    (let ((found 'nothing))
      ;; Text that nobody has saved, and a part that is out of sight.
      (goto-char (point-max))
      (insert "A 한 burden-sharing.\n")
      (narrow-to-region (point-min) (1+ (point-min)))
      (comity-flymake (lambda (diagnostics &rest _) (setq found diagnostics)))
      (await (lambda () (not (eq found 'nothing))))
      (widen)
      (set-buffer-modified-p nil)
      (vconcat (mapcar (lambda (diagnostic)
                         (goto-char (flymake-diagnostic-beg diagnostic))
                         (vconcat (place)
                                  (list (symbol-name (flymake-diagnostic-type diagnostic))
                                        (buffer-substring-no-properties (point) (flymake-diagnostic-end diagnostic))
                                        (flymake-diagnostic-text diagnostic))))
                       found)))))

(setq compilation-ask-about-save nil)
(let ((result
       (condition-case err
           `((plain . ,(compiled (compile "comity check --format short ascii.md")))
             (check . ,(compiled (comity-check ".")))
             (flymake . ,(underlined "draft.md")))
         (error `((error . ,(format "%S" err)))))))
  (with-temp-file (getenv "RESULT")
    (insert (json-encode result))))
;;; emacs.el ends here
