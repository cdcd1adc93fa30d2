import type { ChatModel, ChatRequest } from './chatModel.ts';

/** The same model; `asked` hears of each request, before it is made. */
export function withRequestListener(model: ChatModel, asked: (request: ChatRequest) => void): ChatModel {
  return {
    stream: (request, signal) => {
      asked(request);
      return model.stream(request, signal);
    },
  };
}
