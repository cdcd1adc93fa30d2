import type { ChatModel, ChatRequest, ResponseEvent } from '../conversation/generation/chatModel.ts';
import type { Usage } from '../conversation/message.ts';
import { RequestError } from '../model/requestError.ts';

/** What a request is logged by: ids, models, times, and sizes, but nobody's words. */
interface Noted {
  generationId?: string;
  model?: string;
  provider?: string;
  usage?: Usage;
  firstMs?: number;
}

/** The same model; each request becomes one line of the log, which support can ask for. */
export function loggedModel(model: ChatModel, log: (line: string) => void, now: () => number): ChatModel {
  return {
    async *stream(request, signal) {
      const began = now();
      const noted: Noted = {};
      let end = 'unread';
      try {
        for await (const event of model.stream(request, signal)) {
          note(noted, event, now() - began);
          yield event;
        }
        end = signal.aborted ? 'stopped' : 'done';
      } catch (error) {
        end = failureIn(error);
        throw error;
      } finally {
        log(lineOf(request, noted, { end, ms: now() - began }));
      }
    },
  };
}

function note(noted: Noted, event: ResponseEvent, ms: number): void {
  switch (event.type) {
    case 'origin': {
      const { type: _type, ...origin } = event;
      Object.assign(noted, origin);
      break;
    }
    case 'usage':
      noted.usage = event.usage;
      break;
    case 'text':
    case 'reasoning':
      noted.firstMs ??= ms;
      break;
    default:
  }
}

function failureIn(error: unknown): string {
  return error instanceof RequestError ? `${error.kind}, status ${String(error.facts.status)}` : 'failed';
}

function lineOf(
  request: ChatRequest,
  { generationId, model, provider, usage, firstMs }: Noted,
  { end, ms }: { readonly end: string; readonly ms: number },
): string {
  const facts = [
    `${safe(request.feature ?? 'request')}: ${end}`,
    `model ${safe(request.model)}`,
    model === undefined || model === request.model ? '' : `answered by ${safe(model)}`,
    provider === undefined ? '' : `provider ${safe(provider)}`,
    generationId === undefined ? '' : `id ${safe(generationId)}`,
    firstMs === undefined ? '' : `first token ${String(Math.round(firstMs))} ms`,
    `total ${String(Math.round(ms))} ms`,
    usage ? `tokens ${String(usage.promptTokens)} in, ${String(usage.completionTokens)} out` : '',
  ];
  return facts.filter((each) => each !== '').join('; ');
}

/** A name as it is, unless a server has written something else there. */
function safe(name: string): string {
  return /^[\w.:~/@+-]+( [\w.:~/@+-]+){0,3}$/.test(name) && name.length <= 100 ? name : '(unusual name)';
}
