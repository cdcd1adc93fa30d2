// A chat with nothing in it that could be slow: a text box, a `pre` for each answer, and `fetch`; a list of rows that
// are there from the beginning; and one thread of comments.
const vscode = require('vscode');

const batchMs = 16;

exports.activate = (context) => {
  const rows = Array.from({ length: Number(process.env.BARE_ROWS ?? 0) }, (_, at) => ({
    label: `House: Claude Sonnet ${at}`,
    description: `house-${at % 40}/claude-sonnet-${at}`,
    detail: '200k context · $3.00 in, $15.00 out per million · tools, structured output, images, files',
  }));
  context.subscriptions.push(
    vscode.commands.registerCommand('bare.pick', () =>
      vscode.window.showQuickPick(rows, {
        title: 'Bare Pick',
        matchOnDescription: true,
        matchOnDetail: true,
      }),
    ),
    ...commentCommands(),
    vscode.window.registerWebviewViewProvider('bare.chat', {
      resolveWebviewView: ({ webview }) => {
        webview.options = { enableScripts: true };
        webview.html = page;
        webview.onDidReceiveMessage((question) => answer(question, webview));
      },
    }),
  );
};

/** A thread of nine new lines below the third line of the active editor, and its end. */
function commentCommands() {
  const comments = vscode.comments.createCommentController('bare.comments', 'Bare');
  let thread;
  return [
    comments,
    vscode.commands.registerCommand('bare.comment', () => {
      const body = new vscode.MarkdownString();
      body.appendCodeblock(Array.from({ length: 9 }, (_, line) => `+  step(${line});`).join('\n'), 'diff');
      const { uri } = vscode.window.activeTextEditor.document;
      const comment = { author: { name: 'Bare' }, body, mode: vscode.CommentMode.Preview };
      thread = comments.createCommentThread(uri, new vscode.Range(2, 0, 2, 0), [comment]);
      thread.canReply = false;
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    }),
    vscode.commands.registerCommand('bare.endComment', () => thread?.dispose()),
  ];
}

async function answer(question, webview) {
  let pending = '';
  let timer;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (pending !== '') {
      void webview.postMessage({ text: pending });
      pending = '';
      timer = setTimeout(flush, batchMs);
    }
  };
  for await (const text of stream(question)) {
    pending += text;
    if (timer === undefined) {
      flush();
    }
  }
  flush();
  void webview.postMessage({ done: true });
}

/** The pieces of the answer, as the server sends them. */
async function* stream(question) {
  const response = await fetch(`${process.env.BARE_BASE_URL}/chat/completions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${process.env.OPENROUTER_API_KEY}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      model: 'openrouter/auto',
      stream: true,
      max_tokens: 32768,
      messages: [{ role: 'user', content: question }],
    }),
  });
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith('data: {')) {
        yield JSON.parse(line.slice(6)).choices[0]?.delta?.content ?? '';
      }
    }
  }
}

const page = `<!DOCTYPE html>
<html lang="en">
  <body>
    <button aria-label="New chat">New</button>
    <main></main>
    <textarea aria-label="Message"></textarea>
    <script>
      const vscode = acquireVsCodeApi();
      const [main, box] = [document.querySelector('main'), document.querySelector('textarea')];
      const current = () => main.lastElementChild;
      box.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          vscode.postMessage(box.value);
          box.value = '';
          const article = document.createElement('article');
          article.setAttribute('aria-label', 'Assistant');
          article.setAttribute('aria-busy', 'true');
          article.append(document.createElement('pre'));
          main.append(article);
        }
      });
      document.querySelector('button').addEventListener('click', () => main.replaceChildren());
      addEventListener('message', ({ data }) => {
        if (data.done) {
          current().setAttribute('aria-busy', 'false');
        } else {
          current().firstElementChild.append(data.text);
          current().scrollIntoView({ block: 'end' });
        }
      });
    </script>
  </body>
</html>`;
