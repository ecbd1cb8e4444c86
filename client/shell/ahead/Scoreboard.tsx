/** How near the forecasts came: by indicator and lead the mean error beside that of saying that nothing changes, and the band. */
import { indicators, type Indicator, type IndicatorId } from '../../../twin/objectives/indicators.ts'
import {
  formatClock,
  formatDay,
  formatDuration,
  formatNumber,
  formatPercent,
  formatUnit,
} from '../../language/format.ts'
import { say, sayCount } from '../../language/language.ts'
import { useStore } from '../../state/store.ts'
import { get } from '../api.ts'
import { useShell } from '../shellContext.ts'
import { usePolled } from '../usePolled.ts'

const SHOWN_LEADS_S = [900, 1800, 3600]
const ASK_EVERY_MS = 15_000

interface Score {
  readonly id: IndicatorId
  readonly leadS: number
  readonly count: number
  /** Mean absolute errors, in the indicator's unit. */
  readonly mae: number
  readonly persistenceMae: number
  /** Share of what came that was within the band, 0 to 1. */
  readonly coverage: number
}

interface Scores {
  /** City time of the first forecast that was scored; absent while there is none. */
  readonly sinceMs?: number
  readonly forecasts: number
  /** City time at which the first of the forecasts still open comes due; absent when none is. */
  readonly firstDueMs?: number
  readonly scores: readonly Score[]
}

const getScores = (signal: AbortSignal) => get<Scores>('/api/forecast/scores', signal)

export function Scoreboard() {
  const { live } = useShell()
  const { value: board, error } = usePolled(getScores, ASK_EVERY_MS)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  if (!board || !timeZone) return <p className="quiet">{error}</p>
  const { scores, sinceMs, forecasts, firstDueMs } = board
  const ids = [...new Set(scores.flatMap(({ id, count }) => (count > 0 ? [id] : [])))]
  const leads = SHOWN_LEADS_S.filter((leadS) => scores.some((score) => score.leadS === leadS))
  return (
    <div className="scoreboard">
      <p>{say('ahead.scoresWhat')}</p>
      {ids.length === 0 || sinceMs === undefined ? (
        <p role="status">
          {firstDueMs === undefined
            ? say('ahead.making')
            : say('ahead.firstScores', { time: formatClock(firstDueMs, timeZone) })}
        </p>
      ) : (
        <>
          <p className="quiet">
            {sayCount('ahead.scored', forecasts, {
              since: `${formatDay(sinceMs, timeZone)} ${formatClock(sinceMs, timeZone)}`,
            })}{' '}
            {say('ahead.bars')} <i className="score-bar forecast" aria-hidden="true" /> {say('ahead.word')}{' '}
            <i className="score-bar" aria-hidden="true" /> {say('ahead.persistence')}
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('ahead.what')}</th>
                {leads.map((leadS) => (
                  <th key={leadS} scope="col">
                    {formatDuration(leadS)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ids.map((id) => (
                <ScoreRow key={id} id={id} scores={scores.filter((score) => score.id === id)} leads={leads} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  )
}

function ScoreRow({
  id,
  scores,
  leads,
}: {
  id: IndicatorId
  scores: readonly Score[]
  leads: readonly number[]
}) {
  const { unit }: Indicator = indicators.find((indicator) => indicator.id === id)!
  const shown = leads.map((leadS) => scores.find((score) => score.leadS === leadS && score.count > 0))
  const most = Math.max(1e-12, ...shown.flatMap((score) => (score ? [score.mae, score.persistenceMae] : [])))
  return (
    <tr>
      <th scope="row">{say(`indicator.${id}`)}</th>
      {shown.map((score, i) => (
        <td key={leads[i]}>
          {score ? (
            <>
              <Bar share={score.mae / most} isForecast text={formatError(score.mae, unit)} />
              <Bar share={score.persistenceMae / most} text={formatError(score.persistenceMae, unit)} />
              <small>
                {say('ahead.bandHeld', {
                  share: formatPercent(score.coverage),
                  n: formatNumber(score.count),
                })}
              </small>
            </>
          ) : (
            '–'
          )}
        </td>
      ))}
    </tr>
  )
}

function Bar({ share, text, isForecast = false }: { share: number; text: string; isForecast?: boolean }) {
  return (
    <span className="score">
      <i
        className={isForecast ? 'score-bar forecast' : 'score-bar'}
        style={{ width: `${Math.round(share * 100)}%` }}
        aria-hidden="true"
      />
      <span className="unseen">{say(isForecast ? 'ahead.word' : 'ahead.persistence')} </span>
      <span>{text}</span>
    </span>
  )
}

/** Errors are small beside values: with more digits, and without the word for what is counted. */
function formatError(error: number, unit: string): string {
  if (unit === 'ratio') return formatPercent(error, error < 0.01 ? 2 : 1)
  if (unit === 'pu') return `${formatNumber(error, 4)} pu`
  if (unit === 'W' || unit === 's') return formatUnit(error, unit)
  return formatNumber(error, error < 10 ? 1 : 0)
}
