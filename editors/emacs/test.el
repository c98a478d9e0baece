;;; test.el --- The real editor with the real server  -*- lexical-binding: t; -*-

;; Opens files, waits for diagnostics, applies code actions and looks at the buffer:
;;
;;   emacs --batch --no-site-file -L editors/emacs -l editors/emacs/test.el -f ert-run-tests-batch-and-exit
;;
;; The program is the `dockworthy' on PATH.

;;; Code:

(require 'cl-lib)
(require 'ert)
(require 'package)
;; Before version 29, Eglot is a package.
(package-initialize)
(require 'dockworthy)
(require 'flymake)
(dockworthy-setup)

(defconst dockworthy-test-patience 30 "How many seconds to wait.")

(setq make-backup-files nil
      create-lockfiles nil
      eglot-autoshutdown nil
      eglot-sync-connect dockworthy-test-patience)

(defmacro dockworthy-test-wait (form)
  "Wait until FORM is true, and say whether it is."
  `(let ((end (+ (float-time) dockworthy-test-patience))
         (is-true nil))
     (while (not (or (setq is-true ,form) (> (float-time) end)))
       (accept-process-output nil 0.05))
     is-true))

(defun dockworthy-test-open (folder name text)
  "Open a new file NAME of FOLDER with TEXT, and wait for the server."
  (let ((path (expand-file-name name folder)))
    (with-temp-file path (insert text))
    (switch-to-buffer (find-file-noselect path))
    ;; Eglot starts after a command, and without a terminal there is none.
    (run-hooks 'post-command-hook)
    (should (dockworthy-test-wait (eglot-managed-p)))
    (flymake-start)))

(defun dockworthy-test-finding (rule)
  "The diagnostic of RULE in this buffer."
  (cl-find-if (lambda (diagnostic) (string-match-p (regexp-quote rule) (flymake-diagnostic-text diagnostic)))
              (flymake-diagnostics)))

(defun dockworthy-test-place (rule)
  "Wait for the finding of RULE, and say what it marks."
  (should (dockworthy-test-wait (dockworthy-test-finding rule)))
  (let ((finding (dockworthy-test-finding rule)))
    (list (line-number-at-pos (flymake-diagnostic-beg finding))
          (buffer-substring-no-properties (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding)))))

(defun dockworthy-test-choose (rule title)
  "Choose the entry TITLE of the code actions at the finding of RULE, as a person would."
  (goto-char (flymake-diagnostic-beg (dockworthy-test-finding rule)))
  (cl-letf* ((last-nonmenu-event ?x)
             ((symbol-function 'completing-read)
              (lambda (_prompt entries &rest _)
                (should (assoc title entries))
                title)))
    (call-interactively #'eglot-code-actions)))

(defmacro dockworthy-test-in-repository (folder &rest body)
  "Run BODY with FOLDER bound to a new git repository."
  (declare (indent 1))
  `(let ((,folder (file-name-as-directory (file-truename (make-temp-file "dockworthy" t)))))
     (unwind-protect
         (progn
           (should (zerop (call-process "git" nil nil nil "init" "--quiet" ,folder)))
           ,@body)
       (when-let ((server (eglot-current-server)))
         (ignore-errors (eglot-shutdown server)))
       (delete-directory ,folder t))))

(ert-deftest dockerfile-is-linted-and-fixed ()
  (dockworthy-test-in-repository folder
    ;; Characters of one and two UTF-16 units stand before the finding.
    (dockworthy-test-open folder "Dockerfile"
                          "FROM debian:13\nRUN echo \"é🐳\" && apt-get upgrade\nUSER 1000\n")
    (should (equal (dockworthy-test-place "apt-get-missing-yes") '(2 "upgrade")))
    (dockworthy-test-choose "apt-get-missing-yes" "Add `-y`")
    (should (equal (buffer-string) "FROM debian:13\nRUN echo \"é🐳\" && apt-get upgrade -y\nUSER 1000\n"))
    (save-buffer)
    (should (dockworthy-test-wait (not (dockworthy-test-finding "apt-get-missing-yes"))))))

(ert-deftest compose-file-is-linted-and-fixed ()
  (dockworthy-test-in-repository folder
    (dockworthy-test-open folder "compose.yaml" "services:\n  web:\n    image: nginx:1.29\n    prots: [\"8080:80\"]\n")
    (should (eq major-mode 'dockworthy-compose-mode))
    (should (equal (dockworthy-test-place "unknown-property") '(4 "prots")))
    (dockworthy-test-choose "unknown-property" "Rename to `ports`")
    (should (equal (buffer-string) "services:\n  web:\n    image: nginx:1.29\n    ports: [\"8080:80\"]\n"))
    (save-buffer)
    (should (dockworthy-test-wait (not (dockworthy-test-finding "unknown-property"))))))

(ert-deftest everything-is-fixed-at-once ()
  (dockworthy-test-in-repository folder
    (dockworthy-test-open folder "Containerfile.dev" "FROM debian:13\nMAINTAINER somebody\nUSER 1000\n")
    (dockworthy-test-place "maintainer-deprecated")
    (dockworthy-fix-all)
    (should (equal (buffer-string)
                   "FROM debian:13\nLABEL org.opencontainers.image.authors=\"somebody\"\nUSER 1000\n"))))

(ert-deftest settings-reach-the-server ()
  (let ((previous (default-value 'eglot-workspace-configuration)))
    (unwind-protect
        (dockworthy-test-in-repository folder
          (setq-default eglot-workspace-configuration '(:dockworthy (:preset "hardened")))
          (dockworthy-test-open folder "compose.yaml" "services:\n  web:\n    image: nginx:1.29\n")
          (should (equal (dockworthy-test-place "missing-no-new-privileges") '(2 "web"))))
      (setq-default eglot-workspace-configuration previous))))

(ert-deftest names-choose-the-mode ()
  (cl-flet ((mode (name) (assoc-default name auto-mode-alist #'string-match)))
    (dolist (name '("compose.yaml" "docker-compose.yml" "/a/docker-compose.prod.yml" "/a/web.compose.yaml" "dockworthy.yaml"))
      (should (eq (mode name) 'dockworthy-compose-mode)))
    (dolist (name '("Dockerfile" "/a/Dockerfile.dev" "/a/containerfile" "/a/web.dockerfile"))
      (should (memq (mode name) '(dockerfile-mode dockerfile-ts-mode dockworthy-dockerfile-mode))))
    (dolist (name '("values.yaml" "composer.yml" "/compose/a.yaml"))
      (should-not (eq (mode name) 'dockworthy-compose-mode)))))

;;; test.el ends here
