// The editor's side of the language server: starts it, and asks for the reason of a waiver.
"use strict";
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function activate() {
  const command = vscode.workspace.getConfiguration("aligncheck").get("command");
  client = new LanguageClient(
    "aligncheck",
    "aligncheck",
    { command, args: ["lsp"] },
    {
      documentSelector: [
        { scheme: "file", language: "plaintext" },
        { scheme: "file", language: "markdown" },
      ],
      initializationOptions: { language: vscode.env.language },
      middleware: {
        executeCommand: async (name, given, next) => {
          if (name !== "aligncheck.waive" || given.length > 2) {
            return next(name, given);
          }
          const reason = await vscode.window.showInputBox({ prompt: "Why may it stay as it is?" });
          return reason ? next(name, [...given, reason]) : undefined;
        },
      },
    }
  );
  return client.start();
}

function deactivate() {
  return client ? client.stop() : undefined;
}

module.exports = { activate, deactivate };
