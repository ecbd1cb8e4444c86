/** How the alarms themselves fare against ISA-18.2 and EEMUA 191: each number beside what is asked of it. */
import { alarmStatisticsTable } from '../../../twin/alarms/tables.ts'
import { sayDesk, type DeskKey } from '../../language/deskWords.ts'
import { formatNumber, formatPercent } from '../../language/format.ts'
import { useShell } from '../../shell/shellContext.ts'

interface Figure {
  readonly key: DeskKey
  readonly words: string
  readonly isWithin: boolean
}

export function Statistics() {
  const { live } = useShell()
  const { rows, columns } = live.mirror.table(alarmStatisticsTable)
  if (rows === 0) return <p className="quiet">{sayDesk('desk.waiting')}</p>
  const of = (name: keyof typeof columns) => columns[name][0]
  const told = of('lastDay')
  const share = (count: number) => formatNumber((100 * count) / told)
  const figures: readonly Figure[] = [
    { key: 'desk.hour', words: `${of('lastHour')}`, isWithin: of('lastHour') <= 12 },
    { key: 'desk.day', words: `${told}`, isWithin: told <= 300 },
    { key: 'desk.tenMinutes', words: `${of('mostInTenMinutes')}`, isWithin: of('mostInTenMinutes') <= 10 },
    { key: 'desk.flood', words: formatPercent(of('floodRatio'), 1), isWithin: of('floodRatio') < 0.01 },
    {
      key: 'desk.priorities',
      words: told === 0 ? '–' : `${[of('critical'), of('high'), of('medium')].map(share).join(' · ')} %`,
      isWithin: true,
    },
    { key: 'desk.top', words: formatPercent(of('topSourcesRatio')), isWithin: true },
    { key: 'desk.chattering', words: `${of('chattering')}`, isWithin: of('chattering') === 0 },
    { key: 'desk.stale', words: `${of('stale')}`, isWithin: of('stale') < 5 },
  ]
  return (
    <>
      <h2>{sayDesk('desk.statistics')}</h2>
      <dl className="alarm-figures">
        {figures.map(({ key, words, isWithin }) => (
          <div key={key} data-within={isWithin}>
            <dt>
              {words}
              {!isWithin && ' ▲'}
            </dt>
            <dd>{sayDesk(key)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
