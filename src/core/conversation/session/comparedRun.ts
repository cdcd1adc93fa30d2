import { RequestError } from '../../model/requestError.ts';
import type { MicroDollars, PicoDollars } from '../../money/money.ts';
import type { ChatRequest } from '../generation/chatModel.ts';
import { mostOf, runBudgetFor, runWithOneMore, type RequestEstimate } from '../generation/requestEstimate.ts';
import type { RunBudget } from '../generation/runBudget.ts';
import { conversationUsage } from '../generations.ts';
import type { QuestionInput } from '../questionInput.ts';
import { withRun, type ComparedModel, type Comparison } from './comparison.ts';
import type { PreparedRequest } from './preparedRequest.ts';

/** How the user agrees to what requests may cost. */
export interface CostAgreement {
  readonly estimate: (request: ChatRequest) => RequestEstimate;
  /** What a request may cost unasked; absent if anything. */
  readonly unasked: () => MicroDollars | undefined;
  readonly newId: () => string;
  readonly confirm: (estimates: readonly RequestEstimate[]) => Promise<boolean>;
  /** Confirms one more request, with which what was agreed to could be exceeded. */
  readonly confirmMore: (estimate: RequestEstimate, spent: PicoDollars) => Promise<boolean>;
}

/** What a comparison asks, and asks again: together never more than was agreed to. */
export class ComparedRun {
  readonly #comparison: Comparison;
  readonly #agreement: CostAgreement;
  #run: RunBudget | undefined;

  constructor(comparison: Comparison, agreement: CostAgreement) {
    this.#comparison = comparison;
    this.#agreement = agreement;
  }

  /** Has the user agree to a question to all models; returns what sends it, or nothing. */
  async prepare(asked: QuestionInput): Promise<(() => Promise<void>) | undefined> {
    const { estimate, unasked, newId, confirm } = this.#agreement;
    const prepared = this.#comparison.prepare(asked);
    // One that cannot be made fails where it is sent.
    const estimates = prepared.flatMap(({ request }) =>
      request instanceof RequestError ? [] : [estimate(request)],
    );
    if (!(await confirm(estimates))) {
      return undefined;
    }
    this.#run = runBudgetFor(estimates, unasked(), newId);
    return () => this.#comparison.ask(prepared, this.#run);
  }

  /** Asks one model again, or for more, once the user agrees to what that may cost. */
  async again(
    { session }: ComparedModel,
    prepare: (from: ComparedModel['session']['prepare']) => PreparedRequest | undefined,
  ): Promise<void> {
    const prepared = prepare(session.prepare);
    if (prepared && (await this.#isAgreed(prepared.request))) {
      await session.send(withRun(prepared, this.#run));
    }
  }

  async #isAgreed(request: PreparedRequest['request']): Promise<boolean> {
    if (request instanceof RequestError) {
      return true;
    }
    const { estimate: estimateOf, confirm, confirmMore } = this.#agreement;
    const estimate = estimateOf(request);
    const most = mostOf(estimate);
    if (!this.#run || most === undefined) {
      return confirm([estimate]);
    }
    const spent = this.#spent();
    if (spent + most <= this.#run.limit) {
      return true;
    }
    const isAgreed = await confirmMore(estimate, spent);
    this.#run = isAgreed ? runWithOneMore(this.#run, estimate, spent) : this.#run;
    return isAgreed;
  }

  #spent(): PicoDollars {
    return this.#comparison.models.reduce(
      (sum, { session }) => sum + (conversationUsage(session.conversation.messages)?.cost ?? 0),
      0,
    );
  }
}
