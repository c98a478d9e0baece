;;; dockworthy.el --- Dockerfiles and Compose files linted by dockworthy  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "26.3") (eglot "1.9"))
;; Keywords: languages, tools
;; URL: https://github.com/dockworthy/dockworthy
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Tells Eglot, which Emacs brings along from version 29 on, of dockworthy's language server:
;;
;;   (require 'dockworthy)
;;   (dockworthy-setup)
;;
;; Compose files get a mode of their own, derived from the YAML mode that there is, so that the server is started for
;; them and for no other YAML.  Dockerfiles keep the mode that is installed for them, or get a plain one.

;;; Code:

(require 'eglot)

(defgroup dockworthy nil
  "Dockerfiles and Compose files linted by dockworthy."
  :group 'languages
  :link '(url-link "https://github.com/dockworthy/dockworthy"))

(defcustom dockworthy-command '("dockworthy" "lsp")
  "The command that starts the language server."
  :type '(repeat string))

(defconst dockworthy-compose-regexp
  (concat "\\(?:\\`\\|[/\\]\\)"
          "\\(?:\\(?:docker-\\)?compose\\(?:[._-][^/\\]*\\)?"
          "\\|[^/\\]*[._-]compose"
          "\\|\\.?dockworthy\\)"
          "\\.ya?ml\\'")
  "The names of Compose files, and of the linter's configuration.")

(defconst dockworthy-dockerfile-regexp
  (concat "\\(?:\\`\\|[/\\]\\)"
          "\\(?:\\(?:Docker\\|docker\\|Container\\|container\\)file\\(?:\\.[^/\\]*\\)?"
          "\\|[^/\\]*\\.\\(?:docker\\|container\\)file\\)\\'")
  "The names of Dockerfiles.")

(defconst dockworthy--yaml-mode
  (cond ((and (fboundp 'treesit-ready-p) (treesit-ready-p 'yaml t)) 'yaml-ts-mode)
        ((or (fboundp 'yaml-mode) (require 'yaml-mode nil t)) 'yaml-mode)
        (t 'text-mode))
  "The mode that Compose files are shown in.")

;; `define-derived-mode' takes its parent as it is written, hence the quotation.
(eval `(define-derived-mode dockworthy-compose-mode ,dockworthy--yaml-mode "Compose"
         "Major mode for Compose files."
         (setq-local comment-start "# ")
         (setq-local comment-end "")
         (setq-local indent-tabs-mode nil))
      t)

(define-derived-mode dockworthy-dockerfile-mode prog-mode "Dockerfile"
  "Major mode for Dockerfiles where no other one is installed."
  (setq-local comment-start "# ")
  (setq-local comment-end "")
  (setq-local comment-start-skip "#+[ \t]*"))

(defun dockworthy--dockerfile-mode ()
  "The mode for Dockerfiles that is installed, or the plain one."
  (cond ((and (fboundp 'treesit-ready-p) (treesit-ready-p 'dockerfile t)) 'dockerfile-ts-mode)
        ((fboundp 'dockerfile-mode) 'dockerfile-mode)
        (t 'dockworthy-dockerfile-mode)))

(defconst dockworthy--languages
  '((dockerfile-mode . "dockerfile")
    (dockerfile-ts-mode . "dockerfile")
    (dockworthy-dockerfile-mode . "dockerfile")
    (dockworthy-compose-mode . "dockercompose"))
  "What the server is told that each mode holds.")

(defun dockworthy--contact (&rest _)
  "The command that starts the server, as Eglot wants it."
  dockworthy-command)

(defun dockworthy-fix-all ()
  "Apply every safe fix to the current buffer."
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.dockworthy" t))

;;;###autoload
(defun dockworthy-setup ()
  "Start dockworthy for Dockerfiles and Compose files from now on."
  (dolist (language dockworthy--languages)
    (put (car language) 'eglot-language-id (cdr language))
    (add-hook (intern (format "%s-hook" (car language))) #'eglot-ensure))
  (add-to-list 'eglot-server-programs
               (cons (mapcar #'car dockworthy--languages) #'dockworthy--contact))
  ;; Before all other YAML, but behind whatever is installed for Dockerfiles.
  (add-to-list 'auto-mode-alist (cons dockworthy-compose-regexp 'dockworthy-compose-mode))
  (add-to-list 'auto-mode-alist
               (cons dockworthy-dockerfile-regexp (dockworthy--dockerfile-mode)) t))

(provide 'dockworthy)

;;; dockworthy.el ends here
