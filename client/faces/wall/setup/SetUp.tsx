/** Sets a wall up: how it hangs, from where it is seen, how light its room is; gives the address of each screen, and shows how large its words are. */
import { useState } from 'react'
import { languages, type Language } from '../../../language/language.ts'
import { sayWall, type WallKey } from '../../../language/wallWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { placeNow, roomOf } from '../../../theme/room.ts'
import { themeNames, type ThemeName } from '../../../theme/theme.ts'
import { addressesOf, kioskCommand, wallNameFrom, type WallPlan } from './addresses.ts'
import { isLoopback } from '../steer/phoneAddress.ts'
import { WallSketch } from './WallSketch.tsx'
import './setup.css'

const first = {
  name: 'main',
  cols: 1,
  rows: 1,
  bezelMm: 4,
  distanceM: 3,
  diagonalIn: 55,
}
type Field = Exclude<keyof typeof first, 'name'>

/** What may be said of each: least, most, step. */
const fields: readonly (readonly [Field, WallKey, number, number, number])[] = [
  ['cols', 'setUp.cols', 1, 12, 1],
  ['rows', 'setUp.rows', 1, 12, 1],
  ['bezelMm', 'setUp.bezel', 0, 200, 0.5],
  ['diagonalIn', 'setUp.diagonal', 5, 1000, 1],
  ['distanceM', 'setUp.distance', 0.3, 50, 0.1],
]

export function SetUp() {
  const { language: ownLanguage } = useShell()
  const [said, setSaid] = useState(first)
  const [refused, setRefused] = useState<ReadonlySet<Field>>(new Set())
  const [theme, setTheme] = useState<ThemeName>('night')
  const [language, setLanguage] = useState<Language>(ownLanguage)
  const { name, cols, rows, bezelMm, distanceM, diagonalIn } = said
  const viewing = { distanceM, diagonalIn }
  const plan: WallPlan = { name, cols, rows, bezelMm, viewing, theme, language }
  const { unitPx, room } = roomOf(viewing, placeNow())
  const isOne = cols * rows === 1
  const shown = fields.filter(([field]) => field !== 'bezelMm' || !isOne)
  return (
    <main className="set-up stack">
      <h1>{sayWall('setUp.title')}</h1>
      <p>{sayWall('setUp.intro')}</p>
      <form className="set-up-form" onSubmit={(event) => event.preventDefault()}>
        {shown.map(([field, key, min, max, step]) => (
          <label key={field}>
            {sayWall(key)}
            <input
              type="number"
              min={min}
              max={max}
              step={step}
              defaultValue={said[field]}
              onChange={(event) => {
                const { valueAsNumber, validity } = event.target
                const isGood = validity.valid && Number.isFinite(valueAsNumber)
                if (isGood) setSaid({ ...said, [field]: valueAsNumber })
                const others = [...refused].filter((one) => one !== field)
                setRefused(new Set(isGood ? others : [...others, field]))
              }}
              aria-invalid={refused.has(field)}
            />
            {refused.has(field) && (
              <small role="alert">{sayWall('setUp.refused', { min, max, step, value: said[field] })}</small>
            )}
          </label>
        ))}
        <label>
          {sayWall('setUp.name')}
          <input
            value={name}
            onChange={(event) => setSaid({ ...said, name: wallNameFrom(event.target.value) })}
          />
          <small>{sayWall('setUp.nameNote')}</small>
        </label>
        <label>
          {sayWall('setUp.theme')}
          <select
            value={theme}
            onChange={(event) => setTheme(themeNames.find((one) => one === event.target.value) ?? 'night')}
          >
            {themeNames.map((one) => (
              <option key={one} value={one}>
                {sayWall(`desk.theme.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {sayWall('setUp.language')}
          <select
            value={language}
            onChange={(event) => setLanguage(languages.find((one) => one === event.target.value) ?? 'en')}
          >
            {languages.map((one) => (
              <option key={one} value={one} lang={one}>
                {sayWall('offer.language', {}, one)}
              </option>
            ))}
          </select>
        </label>
      </form>
      <p className="set-up-sample" style={{ fontSize: `${12 * unitPx}px` }}>
        {sayWall('setUp.sample')}
      </p>
      <p>{sayWall(`setUp.room.${room}`)}</p>
      <WallSketch cols={cols} rows={rows} room={room} />
      <Addresses plan={plan} />
    </main>
  )
}

function Addresses({ plan }: { plan: WallPlan }) {
  const isOne = plan.cols * plan.rows === 1
  const addresses = addressesOf(plan)
  const complete = (query: string) => `${location.origin}${location.pathname}${query}`
  return (
    <section className="stack" aria-label={sayWall('setUp.addresses')}>
      <h2>{sayWall('setUp.addresses')}</h2>
      {isLoopback(location.hostname) && <p role="status">{sayWall('setUp.thisMachine')}</p>}
      <ol className="plain set-up-addresses">
        {addresses.map(({ col, row, query }) => (
          <li key={query}>
            <b>{isOne ? sayWall('setUp.one') : sayWall('setUp.place', { col: col + 1, row: row + 1 })}</b>{' '}
            <a href={query}>{complete(query)}</a>
          </li>
        ))}
      </ol>
      <p>{sayWall('setUp.how', { address: complete(addresses[0].query) })}</p>
      {!isOne && (
        <details>
          <summary>{sayWall('setUp.oneMachine', { px: `${screen.width} × ${screen.height}` })}</summary>
          <pre className="set-up-commands" tabIndex={0}>
            {addresses
              .map((one) =>
                kioskCommand(complete(one.query), one, { widthPx: screen.width, heightPx: screen.height }),
              )
              .join('\n')}
          </pre>
        </details>
      )}
      <p className="quiet">{sayWall('setUp.after')}</p>
    </section>
  )
}
