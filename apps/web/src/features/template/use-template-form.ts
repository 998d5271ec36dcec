import type { FieldIssue, NotificationTemplate, TemplateField, TemplateInput } from '@huiyue/contracts'
import { computed, ref, shallowRef } from 'vue'
import { toApiError, type ApiError } from '@/http/api-error'
import * as templateApi from './template.api'

/** The template being edited; an error leaves everything as typed. */
export function useTemplateForm(api = templateApi) {
  const form = ref<TemplateInput | null>(null)
  const saved = shallowRef<TemplateInput | null>(null)
  const loadError = shallowRef<ApiError | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const issues = shallowRef<FieldIssue[]>([])
  const saving = ref(false)

  const dirty = computed(() => JSON.stringify(form.value) !== JSON.stringify(saved.value))

  function take({ templateId, page, lang, miniprogramState, fields }: NotificationTemplate): void {
    saved.value = { templateId, page, lang, miniprogramState, fields }
    reset()
  }

  function reset(): void {
    form.value = saved.value ? structuredClone(saved.value) : null
    issues.value = []
    error.value = null
  }

  async function load(): Promise<void> {
    loadError.value = null
    try {
      take(await api.getTemplate())
    } catch (thrown) {
      loadError.value = toApiError(thrown)
    }
  }

  /** Answers whether it was saved. */
  async function save(): Promise<boolean> {
    if (!form.value || saving.value) return false
    saving.value = true
    issues.value = []
    error.value = null
    try {
      take(await api.putTemplate(form.value))
      return true
    } catch (thrown) {
      error.value = toApiError(thrown)
      issues.value = error.value.fieldIssues
      return false
    } finally {
      saving.value = false
    }
  }

  function addField(): void {
    form.value?.fields.push({ keyword: '', source: 'booking.title' } satisfies TemplateField)
  }

  /** The complaints about the rows below move up with them. */
  function removeField(index: number): void {
    form.value?.fields.splice(index, 1)
    issues.value = issues.value.flatMap((issue) => {
      const [, row, rest] = /^fields\.(\d+)(.*)$/.exec(issue.path) ?? []
      if (row === undefined || Number(row) < index) return [issue]
      return Number(row) === index ? [] : [{ ...issue, path: `fields.${Number(row) - 1}${rest ?? ''}` }]
    })
  }

  function issuesAt(path: string): FieldIssue[] {
    return issues.value.filter((issue) => issue.path === path)
  }

  function touched(path: string): void {
    issues.value = issues.value.filter((issue) => issue.path !== path)
  }

  return { form, dirty, loadError, error, saving, load, save, reset, addField, removeField, issuesAt, touched }
}
