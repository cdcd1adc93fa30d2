import type { FailedAttempt, RoutingReport } from '../../conversation/message.ts';
import type { Source } from '../../conversation/part.ts';
import { isTooDeep, numberIn, objectIn, objectsIn, textIn, type JsonObject } from '../../util/json.ts';

/**
 * Lenient readers for the service's data. It adds fields, enum values, and nulls without notice, so nothing here
 * rejects an answer because of something unknown.
 */

/** Which models or providers failed first, as the service reports on request. */
export function failedAttemptsIn(metadata: unknown): readonly FailedAttempt[] {
  return objectsIn(objectIn(metadata)?.['attempts']).flatMap((attempt) => {
    const model = textIn(attempt['model']);
    const provider = textIn(attempt['provider']);
    const status = numberIn(attempt['status']);
    const isServed = status !== undefined && status >= 200 && status < 300;
    return model === undefined || isServed
      ? []
      : [{ model, ...(provider !== undefined && { provider }), ...(status !== undefined && { status }) }];
  });
}

/** How the service chose who answers; absent if it says nothing of that. */
export function routingReportIn(metadata: unknown): RoutingReport | undefined {
  const told = objectIn(metadata) ?? {};
  const endpoints = objectIn(told['endpoints']);
  const available = objectsIn(endpoints?.['available']);
  const providers = [...new Set(available.flatMap((each) => textIn(each['provider']) ?? []))];
  const tasks = objectsIn(told['pipeline']).flatMap(
    (each) => textIn(objectIn(each['data'])?.['task_type']) ?? [],
  );
  const total = numberIn(endpoints?.['total']);
  const [strategy, summary, region] = ['strategy', 'summary', 'region'].map((name) => textIn(told[name]));
  const report: RoutingReport = {
    ...(strategy !== undefined && { strategy }),
    ...(summary !== undefined && { summary }),
    ...(region !== undefined && { region }),
    ...(total !== undefined && total > 0 && { endpoints: total }),
    ...(providers.length > 0 && { providers }),
    ...(tasks[0] !== undefined && { task: tasks[0] }),
  };
  return Object.keys(report).length === 0 ? undefined : report;
}

/** The pages that `annotations` cite, without those a browser may not open. */
export function sourcesIn(value: unknown): readonly Source[] {
  return objectsIn(value).flatMap((annotation) => {
    const citation = objectIn(annotation['url_citation']);
    const url = textIn(citation?.['url']);
    return url !== undefined && /^https?:\/\//i.test(url)
      ? [{ url, title: textIn(citation?.['title']) ?? url }]
      : [];
  });
}

/** What the service read in documents, as it wants it back. */
export function parsedFilesIn(value: unknown): readonly JsonObject[] {
  return objectsIn(value).filter((annotation) => annotation['type'] === 'file' && !isTooDeep(annotation));
}

/** An answer's embedded images: remote addresses are never followed. */
export function imagesIn(value: unknown): readonly string[] {
  return objectsIn(value).flatMap((image) => {
    const url = textIn(objectIn(image['image_url'])?.['url']);
    return url !== undefined && /^data:image\/(png|jpeg|gif|webp);base64,/i.test(url) ? [url] : [];
  });
}
