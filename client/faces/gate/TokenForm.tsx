/** Asks for the token of a face: what is needed, where it is found, and what was wrong with the one that was tried. */
import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import { rolesOfFace, type Face, type Role } from '../../../twin/protocol/roles.ts'
import { say, type MessageKey } from '../../language/language.ts'
import { enter, type Entered } from '../../shell/access.ts'
import { tokenIn } from '../face.ts'
import './gate.css'

const titles: Readonly<Record<Face, MessageKey>> = {
  public: 'app.name',
  plan: 'access.titlePlan',
  desk: 'access.titleDesk',
  wall: 'access.titleWall',
}

export interface TokenFormProps {
  readonly face: Face
  /** Whether the page was let in before, and its access is over. */
  readonly hasEnded: boolean
  /** What came of the token in the link. */
  readonly tried: Entered | undefined
}

export function TokenForm({ face, hasEnded, tried }: TokenFormProps) {
  const [text, setText] = useState('')
  const [isTrying, setTrying] = useState(false)
  const [problem, setProblem] = useState(problemOf(face, tried))
  const field = useRef<HTMLInputElement>(null)
  const [fieldId, helpId, problemId] = [useId(), useId(), useId()]
  useEffect(() => field.current?.focus(), [])

  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTrying(true)
    setProblem(undefined)
    const entered = await enter(tokenIn(text) ?? text.trim())
    const found = problemOf(face, entered)
    // the line to the twin is opened anew, by who one is now
    if (found === undefined) return location.reload()
    setProblem(found)
    setTrying(false)
    field.current?.focus()
  }

  return (
    <main className="gate">
      <form className="stack" onSubmit={(event) => void send(event)}>
        <h1>{say(titles[face])}</h1>
        {hasEnded && <p role="status">{say('access.ended')}</p>}
        <p id={helpId}>{say('access.where')}</p>
        <label htmlFor={fieldId}>{say('access.token')}</label>
        <input
          ref={field}
          id={fieldId}
          type="password"
          autoComplete="current-password"
          spellCheck={false}
          required
          value={text}
          aria-describedby={problem === undefined ? helpId : `${problemId} ${helpId}`}
          aria-invalid={problem !== undefined}
          onChange={(event) => setText(event.target.value)}
        />
        {problem !== undefined && (
          <p role="alert" id={problemId}>
            {problem}
          </p>
        )}
        <div className="row">
          <button type="submit" className="strong" disabled={isTrying}>
            {say(isTrying ? 'access.trying' : 'access.enter')}
          </button>
          <a className="push" href="./">
            {say('access.toPublic')}
          </a>
        </div>
      </form>
    </main>
  )
}

/** What is to be said of a try; undefined when the face is open now. */
function problemOf(face: Face, entered: Entered | undefined): string | undefined {
  if (entered === undefined) return undefined
  if (typeof entered === 'string') return say(`access.${entered}`)
  const allowed: readonly Role[] = rolesOfFace[face]
  return allowed.includes(entered.role) ? undefined : say('access.otherFace')
}
