/** One PNG of what is published, to be shown elsewhere: title, question, picture, the clear changes, and where it comes from. */
import { outcomes } from '../../../twin/scenario/outcome.ts'
import { sayPlan } from '../../language/planWords.ts'
import { say } from '../../language/language.ts'
import { sayPublished } from '../../language/publishedWords.ts'
import type { Published } from '../../source/keptScenarios.ts'
import { saveBlob } from '../plan/documents/saveText.ts'
import { formatOutcome, formatOutcomeChange, readDifference } from '../plan/outcomeWords.ts'
import { verdictOf } from '../plan/verdict.ts'
import { momentOf } from './momentOf.ts'

const WIDTH = 1600
const EDGE = 64
const ROOM = WIDTH - 2 * EDGE
const MOST_ROWS = 6

export async function savePicture(published: Published, picture: string | undefined): Promise<void> {
  const image = picture === undefined ? undefined : await loaded(picture)
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  // first to find how high it is, then to draw
  canvas.height = draw(canvas, published, image)
  draw(canvas, published, image)
  canvas.toBlob((blob) => {
    if (blob !== null) saveBlob(`${published.scenario.title}.png`, blob)
  }, 'image/png')
}

/** Gives the height that it took. */
function draw(canvas: HTMLCanvasElement, published: Published, image: HTMLImageElement | undefined): number {
  const context = canvas.getContext('2d')
  const { scenario, body, publishedMs } = published
  if (context === null || body === undefined) return 1
  const style = getComputedStyle(document.documentElement)
  const [ground, ink, quiet] = ['--ground', '--text', '--quiet-text'].map((name) =>
    style.getPropertyValue(name),
  )
  context.fillStyle = ground
  context.fillRect(0, 0, WIDTH, canvas.height)
  let y = EDGE
  const words = (text: string, sizePx: number, color: string, weight = 400) => {
    context.font = `${weight} ${sizePx}px ${style.fontFamily}`
    context.fillStyle = color
    context.textBaseline = 'top'
    for (const line of linesOf(context, text)) {
      context.fillText(line, EDGE, y)
      y += sizePx * 1.3
    }
  }
  words(`${body.city.name} · ${sayPublished('kind')} · ${say('status.simulated')}`, 26, quiet)
  y += 8
  words(scenario.title, 56, ink, 600)
  if (scenario.question !== undefined) words(scenario.question, 32, ink)
  y += 24
  if (image !== undefined) {
    const height = (ROOM * image.naturalHeight) / image.naturalWidth
    context.drawImage(image, EDGE, y, ROOM, height)
    y += height + 24
  }
  for (const line of clearChanges(published)) words(line, 30, ink)
  y += 16
  words(
    [
      sayPublished('published', { when: momentOf(publishedMs, body.city.timeZone) }),
      location.href.replace(/&lang=\w+/, ''),
      body.city.attribution,
    ].join(' · '),
    22,
    quiet,
  )
  return Math.ceil(y + EDGE)
}

/** Of the measures those that changed clearly; without any, that nothing did. */
function clearChanges({ body }: Published): string[] {
  const measures = body?.measures
  if (measures === undefined) return []
  const lines = outcomes.flatMap((outcome) => {
    const found = measures.outcomes.find(({ id }) => id === outcome.id)
    if (found === undefined) return []
    const change = (value: number) => formatOutcomeChange(value, outcome.unit)
    const difference = readDifference(found, outcome.unit)
    const verdict = verdictOf(outcome, difference, found.isClear, change)
    if (verdict === 'unclear') return []
    return [
      `${sayPlan(`outcome.${outcome.id}`)}: ${change(difference)} (${formatOutcome(found.base, outcome.unit)} → ${formatOutcome(found.edited, outcome.unit)}), ${sayPlan(`verdict.${verdict}`)}`,
    ]
  })
  return lines.length > 0 ? lines.slice(0, MOST_ROWS) : [sayPlan('verdict.unclear')]
}

function linesOf(context: CanvasRenderingContext2D, text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (context.measureText(longer).width <= ROOM || line === '') line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

function loaded(source: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error('the picture could not be fetched'))
    image.src = source
  })
}
