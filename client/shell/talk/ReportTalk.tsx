/** Of a report that a person has filed: what he wrote, what the city answered, and what others say of it. */
import { useCallback } from 'react'
import { sayTalk } from '../../language/talkWords.ts'
import { getRequest } from '../api.ts'
import { usePolled } from '../usePolled.ts'
import { Comments } from './Comments.tsx'
import './talk.css'

const ASK_MS = 10_000

/** `row` is that of the report in the twin; nothing is said of one that the twin has made up. */
export function ReportTalk({ row }: { row: number }) {
  const ask = useCallback((signal: AbortSignal) => getRequest(String(row), signal), [row])
  const { value } = usePolled(ask, ASK_MS)
  if (value?.id === undefined) return null
  const { description, desk } = value
  return (
    <>
      {description && (
        <blockquote className="talk-words" aria-label={sayTalk('told')}>
          {description}
        </blockquote>
      )}
      {desk?.answer && <p>{sayTalk('answer', { answer: desk.answer })}</p>}
      <Comments id={value.id} />
    </>
  )
}
