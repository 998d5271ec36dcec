import type { FieldIssue } from '@huiyue/contracts'
import type { ApiError } from '@/http/api-error'
import { t } from '@/lib/i18n'

/** What happened, in a sentence. */
export function errorWords(error: Pick<ApiError, 'code'>): string {
  return t(`errors.${error.code}`)
}

/** Why one field was refused. */
export function issueWords({ code, params }: Pick<FieldIssue, 'code' | 'params'>): string {
  return t(`issues.${code}`, params)
}

/** Path's first part → the first complaint about it; complaints about nothing on screen are under ''. */
export function issuesByField<F extends string>(
  issues: readonly FieldIssue[],
  fields: readonly F[],
): Partial<Record<F | '', string>> {
  const words: Partial<Record<F | '', string>> = {}
  for (const issue of issues) {
    const root = issue.path.split('.')[0]
    const field: F | '' = fields.find((candidate) => candidate === root) ?? ''
    words[field] ??= issueWords(issue)
  }
  return words
}
