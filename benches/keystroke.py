#!/usr/bin/env python3
"""Keystroke to diagnostics, of language servers driven over standard input and output by the same script.

    benches/keystroke.py target/release/dockworthy [FOLDER WITH docker-langserver AND docker-compose-langserver]

A 1,000-line Dockerfile and a Compose file of 2,000 lines; each edit puts in or takes out one character and waits for
the diagnostics that follow. The clock stops when their last byte is read: what this script takes to understand them is
not the server's time. Prints the median and the 99th percentile in milliseconds. The other servers are the npm
packages dockerfile-language-server-nodejs and @microsoft/compose-language-service.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

STAGE = """FROM debian:13 AS stage
WORKDIR /src
COPY . .
RUN apt-get update \\
  && apt-get install -y --no-install-recommends curl git \\
  && rm -rf /var/lib/apt/lists/*
ENV A=1 B=2
RUN curl -fsSL https://example.com/x.sh | bash
RUN make && make install
USER 1
"""

SERVICE = """  s{number}:
    image: debian:13
    restart: always
    ports:
      - "{port}:80"
    environment:
      A: "1"
      B: ${{B}}
    networks:
      - default
"""


class Server:
    """A server that was started and knows a folder."""

    def __init__(self, command, folder):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        root = "file://" + folder
        folders = [{"uri": root, "name": "w"}]
        capabilities = {"textDocument": {"publishDiagnostics": {}}}
        params = {"processId": None, "rootUri": root, "workspaceFolders": folders, "capabilities": capabilities}
        self.send({"id": 1, "method": "initialize", "params": params})
        while json.loads(self.receive()).get("id") != 1:
            pass
        self.send({"method": "initialized", "params": {}})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length"):
                length = int(line.split(b":")[1])
        return self.process.stdout.read(length)

    def diagnostics(self, uri):
        """Waits for those of a document, and gives when they were there."""
        while True:
            body = self.receive()
            now = time.perf_counter()
            message = json.loads(body)
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return now
            if "id" in message and "method" in message:
                self.send({"id": message["id"], "result": None})


def measure(command, name, language, text, line, edits):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, ".git"))
        server = Server(command, folder)
        uri = f"file://{folder}/{name}"
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        server.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        server.diagnostics(uri)
        time.sleep(0.5)
        times = []
        for version in range(2, edits + 2):
            puts_in = version % 2 == 0
            start = {"line": line, "character": 5}
            end = {"line": line, "character": 5 if puts_in else 6}
            change = {"range": {"start": start, "end": end}, "text": "x" if puts_in else ""}
            params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}
            began = time.perf_counter()
            server.send({"method": "textDocument/didChange", "params": params})
            times.append((server.diagnostics(uri) - began) * 1000)
        server.process.kill()
    times.sort()
    median, last = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"{os.path.basename(command[0])}, {name}: median {median:.2f} ms, 99th percentile {last:.2f} ms")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    ours = os.path.abspath(sys.argv[1])
    dockerfile = ("Dockerfile", "dockerfile", STAGE * 100, 8)
    services = (SERVICE.format(number=number, port=8000 + number) for number in range(200))
    compose = ("compose.yaml", "dockercompose", "services:\n" + "".join(services), 2)
    for document in (dockerfile, compose):
        measure([ours, "lsp"], *document, 1000)
    if len(sys.argv) == 3:
        other = os.path.abspath(sys.argv[2])
        measure([os.path.join(other, "docker-langserver"), "--stdio"], *dockerfile, 200)
        measure([os.path.join(other, "docker-compose-langserver"), "--stdio"], *compose, 40)


if __name__ == "__main__":
    main()
