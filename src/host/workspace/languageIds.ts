import * as vscode from 'vscode';

/** Names that a fence gives to languages which VS Code knows under another one. */
const others: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  bash: 'shellscript',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  md: 'markdown',
  objc: 'objective-c',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
  zsh: 'shellscript',
};

/** VS Code's id for the language of a fence; nothing where it has none. */
export async function languageIdOf(name: string): Promise<string | undefined> {
  const id = others[name.toLowerCase()] ?? name.toLowerCase();
  return (await vscode.languages.getLanguages()).includes(id) ? id : undefined;
}
