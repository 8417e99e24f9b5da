;;; emacs.el --- Drives the language server from Emacs  -*- lexical-binding: t -*-
;; Opens FILE under a configuration that was loaded before, with eglot or lsp-mode as CLIENT says, and prints a line of JSON
;; for each thing seen: the servers, the diagnostics, what a hover says, the actions, and that the fix was written.

(require 'json)

(defvar overlint-client (getenv "CLIENT"))

(defun overlint-say (what value)
  "Print WHAT was seen and its VALUE."
  (princ (concat (json-encode `((what . ,what) (value . ,value))) "\n")))

(defun overlint-until (complaint holds)
  "Wait until HOLDS gives something, and return that; else fail with COMPLAINT."
  (let ((end (+ (float-time) 30)) found)
    (while (not (setq found (funcall holds)))
      (when (> (float-time) end) (error "%s" complaint))
      (accept-process-output nil 0.05)
      (sit-for 0))
    found))

(defun overlint-eglot ()
  "What eglot shows."
  (overlint-until "no server" #'eglot-current-server)
  (overlint-say "server" (list (plist-get (eglot--server-info (eglot-current-server)) :name)))
  (let ((found (overlint-until "no diagnostics" (lambda () (flymake-start) (flymake-diagnostics)))))
    (dolist (one found)
      (overlint-say "diagnostic" `((line . ,(line-number-at-pos (flymake-diagnostic-beg one)))
                                   (type . ,(format "%s" (flymake-diagnostic-type one)))
                                   (text . ,(flymake-diagnostic-text one)))))
    (let* ((first (car found))
           (actions (eglot-code-actions (flymake-diagnostic-beg first) (flymake-diagnostic-end first) "quickfix"))
           (hover (jsonrpc-request (eglot-current-server) :textDocument/hover (overlint-at "pgmap"))))
      (overlint-say "hover" (plist-get (plist-get hover :contents) :value))
      (overlint-say "actions" (mapcar (lambda (action) (plist-get action :title)) actions))
      (eglot--apply-workspace-edit (plist-get (elt actions 0) :edit)))))

(defun overlint-at (word)
  "Parameters for the place of WORD."
  (save-excursion
    (goto-char (point-min))
    (search-forward word)
    (eglot--TextDocumentPositionParams)))

(defun overlint-lsp-mode ()
  "What lsp-mode shows."
  (overlint-until "no server" (lambda () (overlint-started 'overlint)))
  (when (executable-find "clangd") (overlint-until "no clangd" (lambda () (overlint-started 'clangd))))
  (overlint-say "server" (mapcar (lambda (one) (lsp--client-server-id (lsp--workspace-client one))) (lsp-workspaces)))
  (let ((found (overlint-until "no diagnostics" #'overlint-lsp-diagnostics)))
    (dolist (one found)
      (let ((range (gethash "range" one)))
        (overlint-say "diagnostic" `((line . ,(1+ (gethash "line" (gethash "start" range))))
                                     (type . ,(gethash "severity" one))
                                     (text . ,(gethash "message" one))))))
    (goto-char (point-min))
    (search-forward "page->pgmap")
    (backward-char 2)
    (with-lsp-workspace (overlint-started 'overlint)
      (let ((actions (lsp-request "textDocument/codeAction"
                                  (list :textDocument (lsp--text-document-identifier)
                                        :range (gethash "range" (car found))
                                        :context (list :diagnostics (vector) :only (vector "quickfix")))))
            (hover (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
        (overlint-say "hover" (gethash "value" (gethash "contents" hover)))
        (overlint-say "actions" (mapcar (lambda (action) (gethash "title" action)) actions))
        (lsp-execute-code-action (elt actions 0))))))

(defun overlint-started (id)
  "The workspace of the server ID, once it has answered."
  (seq-find (lambda (one)
              (and (eq (lsp--client-server-id (lsp--workspace-client one)) id)
                   (eq (lsp--workspace-status one) 'initialized)))
            (lsp-workspaces)))

(defun overlint-lsp-diagnostics ()
  "Ours of this file."
  (seq-filter (lambda (one) (equal (gethash "source" one) "overlint"))
              (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics))))

(condition-case problem
    (progn
      (find-file (getenv "FILE"))
      ;; In batch mode no command ever ends by itself.
      (run-hooks 'post-command-hook)
      (if (equal overlint-client "eglot") (overlint-eglot) (overlint-lsp-mode))
      (save-buffer)
      (overlint-say "passed" t))
  (error (overlint-say "failed" (error-message-string problem))))
(kill-emacs 0)
