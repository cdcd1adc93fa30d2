import * as vscode from 'vscode';

/** Fence names for languages that VS Code names differently. */
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

/** VS Code's language id for a fence; absent if none. */
export async function languageIdOf(name: string): Promise<string | undefined> {
  const id = others[name.toLowerCase()] ?? name.toLowerCase();
  return (await vscode.languages.getLanguages()).includes(id) ? id : undefined;
}
