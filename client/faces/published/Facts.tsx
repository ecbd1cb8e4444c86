/** By what it can be run again: data, model, seed and the file's own hash; and where the data come from. */
import { currentLanguage } from '../../language/language.ts'
import { sayPublished } from '../../language/publishedWords.ts'
import type { Published } from '../../source/keptScenarios.ts'

export function Facts({ published: { body, scenario, hash } }: { published: Published }) {
  const { base } = scenario
  if (base === undefined || body === undefined) return null
  const language = currentLanguage()
  const facts = [
    ['facts.data', base.data],
    ['facts.model', base.model],
    ['facts.seed', String(base.seed)],
    ['facts.hash', hash ?? ''],
  ] as const
  return (
    <section>
      <h2>{sayPublished('data')}</h2>
      <ul className="published-sources">
        {body.sources.map(({ what, kind, source, licence }, i) => (
          <li key={i}>
            {what[language]} <small>({sayPublished(kindOf(kind))})</small>: {source}. {licence}
          </li>
        ))}
      </ul>
      <h3>{sayPublished('again')}</h3>
      <dl className="published-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{sayPublished(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet small">{sayPublished('again.how')}</p>
    </section>
  )
}

const kinds = ['real', 'synthesised', 'simulated'] as const

function kindOf(kind: string): `kind.${(typeof kinds)[number]}` {
  return `kind.${kinds.find((known) => known === kind) ?? 'synthesised'}`
}
