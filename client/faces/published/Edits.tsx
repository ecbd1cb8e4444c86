/** What is changed, in words and on the map as its planner saw it: numbers on the picture are those of the list. */
import { formatDuration } from '../../language/format.ts'
import { currentLanguage } from '../../language/language.ts'
import { sayPublished } from '../../language/publishedWords.ts'
import type { Published } from '../../source/keptScenarios.ts'
import { beginOf } from '../plan/begin.ts'
import { wordsOfBegin } from '../plan/BeginChoice.tsx'
import { Sketch } from './Sketch.tsx'

interface EditsProps {
  readonly published: Published
  readonly picture: string | undefined
}

export function Edits({ published: { body, scenario }, picture }: EditsProps) {
  const language = currentLanguage()
  const { edits = [], city } = body ?? {}
  return (
    <section>
      <h2>{sayPublished('edits')}</h2>
      <ol className="published-edits">
        {edits.map((edit, i) => (
          <li key={i}>
            {edit[language]}
            {edit.note !== undefined && <small> {edit.note}</small>}
          </li>
        ))}
      </ol>
      {scenario.base && (
        <p>
          {sayPublished('begins', {
            begin: wordsOfBegin(beginOf(scenario.base.from)),
            horizon: formatDuration(scenario.horizonS ?? 0),
          })}
        </p>
      )}
      <figure>
        {picture === undefined ? (
          <Sketch edits={edits} />
        ) : (
          <img src={picture} alt={sayPublished('picture.alt')} />
        )}
        <figcaption>
          {sayPublished(picture === undefined ? 'sketch' : 'picture')} {city?.attribution}
        </figcaption>
      </figure>
    </section>
  )
}
