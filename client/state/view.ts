/** What the user looks at, kept in the URL so that a view can be sent to another. */
import { domainIds, type DomainId } from '../../twin/domains.ts'
import type { Language } from '../language/language.ts'
import { TOWN_ID } from '../source/town/townName.ts'
import { themeNames, type ThemeName } from '../theme/theme.ts'
import { qualityFrom, type Quality } from './quality.ts'
import { nightFromText, textFromNight, type Night } from '../theme/burnIn.ts'
import { viewingFromQuery, type Viewing } from '../theme/viewing.ts'
import { queryFromSpan, spanFromQuery, wallNameFromQuery, type Span } from './span.ts'

export interface Camera {
  readonly lng: number
  readonly lat: number
  readonly zoom: number
  readonly bearing: number
  readonly pitch: number
}

export interface Selected {
  readonly layer: DomainId
  readonly table: string
  readonly row: number
}

export interface View {
  /** Undefined until the city says where it lies. */
  readonly camera: Camera | undefined
  readonly layersOn: readonly DomainId[]
  readonly selection: Selected | undefined
  /** 'auto' follows the machine's setting. */
  readonly theme: ThemeName | 'auto'
  readonly language: Language | undefined
  /** At most this many movers are drawn; undefined is all. */
  readonly moverLimit: number | undefined
  /** How much is drawn; undefined is as much as the machine can. */
  readonly quality: Quality | undefined
  /** From where a wall is seen, and how large it is; undefined when nobody has said. */
  readonly viewing: Viewing | undefined
  /** Hours in which a wall is darker; undefined is never. */
  readonly night: Night | undefined
  /** Which part of a picture over many screens this screen is; undefined for a picture of its own. */
  readonly span: Span | undefined
  /** Of the wall, by which the desk steers it. */
  readonly wallName: string | undefined
  /** Where phones find this server, 'off' for no code on the wall; undefined leaves it to the wall's own address. */
  readonly qr: string | undefined
  /** City time of a moment of the past, to be shown first, Unix milliseconds. */
  readonly momentMs: number | undefined
  /** Instead of the wall, what helps to set it up. */
  readonly isSetUp: boolean
  /** Of the reader's own, kept by his browser; undefined is the server's city. */
  readonly town: string | undefined
  /** At the desk: which handover of the shift is read, '' the present one; undefined when none is. */
  readonly handover: string | undefined
  /** At the planning face: the saved version of a scenario that is at hand. */
  readonly scenario: string | undefined
}

/** Reads a view from the query of a URL; what is absent or nonsense is left to its default. */
export function viewFromQuery(query: string): View {
  const q = new URLSearchParams(query)
  const number = (name: string) => {
    const text = q.get(name)
    const value = text === null || text === '' ? NaN : Number(text)
    return Number.isFinite(value) ? value : undefined
  }
  const lng = number('lng')
  const lat = number('lat')
  const camera =
    lng === undefined || lat === undefined || Math.abs(lat) > 85
      ? undefined
      : {
          lng,
          lat,
          zoom: clamp(number('z') ?? 12, 0, 22),
          bearing: number('b') ?? 0,
          pitch: clamp(number('p') ?? 0, 0, 70),
        }
  const layers = q.get('layers')?.split(',')
  const theme = q.get('theme')
  const language = q.get('lang')
  const movers = number('movers')
  const moment = number('t')
  return {
    camera,
    layersOn: layers === undefined ? domainIds : domainIds.filter((id) => layers.includes(id)),
    selection: selectionFromText(q.get('sel')),
    theme: themeNames.find((name) => name === theme) ?? 'auto',
    language: language === 'en' || language === 'es' ? language : undefined,
    moverLimit: movers === undefined || movers < 0 ? undefined : Math.floor(movers),
    quality: qualityFrom(q.get('quality')),
    viewing: viewingFromQuery(query),
    night: nightFromText(q.get('dim')),
    span: spanFromQuery(query),
    wallName: wallNameFromQuery(query),
    qr: qrFromText(q.get('qr')),
    momentMs: moment === undefined || moment < 0 || moment > 4e9 ? undefined : Math.floor(moment) * 1000,
    isSetUp: q.has('setup'),
    town: townFrom(q.get('town')),
    handover: q.get('handover')?.replace(/[^\w-]/g, ''),
    scenario:
      q
        .get('scenario')
        ?.replace(/[^\w-]/g, '')
        .slice(0, 64) || undefined,
  }
}

/** The query that `viewFromQuery` reads back. */
export function queryFromView(view: View): string {
  const parts: string[] = []
  const { camera } = view
  if (camera !== undefined) {
    parts.push(`lng=${camera.lng.toFixed(5)}`, `lat=${camera.lat.toFixed(5)}`, `z=${camera.zoom.toFixed(2)}`)
    if (Math.abs(camera.bearing) > 0.5) parts.push(`b=${camera.bearing.toFixed(0)}`)
    if (camera.pitch > 0.5) parts.push(`p=${camera.pitch.toFixed(0)}`)
  }
  if (view.layersOn.length < domainIds.length) parts.push(`layers=${view.layersOn.join(',')}`)
  if (view.selection !== undefined) parts.push(`sel=${view.selection.table}:${view.selection.row}`)
  if (view.theme !== 'auto') parts.push(`theme=${view.theme}`)
  if (view.language !== undefined) parts.push(`lang=${view.language}`)
  if (view.moverLimit !== undefined) parts.push(`movers=${view.moverLimit}`)
  if (view.quality !== undefined) parts.push(`quality=${view.quality}`)
  if (view.viewing !== undefined)
    parts.push(`viewing=${view.viewing.distanceM}`, `screen=${view.viewing.diagonalIn}`)
  const dim = textFromNight(view.night)
  if (dim !== undefined) parts.push(`dim=${dim}`)
  if (view.span !== undefined) parts.push(...queryFromSpan(view.span))
  if (view.wallName !== undefined) parts.push(`name=${encodeURIComponent(view.wallName)}`)
  if (view.qr !== undefined) parts.push(`qr=${encodeURIComponent(view.qr)}`)
  if (view.momentMs !== undefined) parts.push(`t=${Math.floor(view.momentMs / 1000)}`)
  if (view.isSetUp) parts.push('setup')
  if (view.town !== undefined) parts.push(`town=${view.town}`)
  if (view.handover !== undefined) parts.push(view.handover === '' ? 'handover' : `handover=${view.handover}`)
  if (view.scenario !== undefined) parts.push(`scenario=${view.scenario}`)
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** `<table>:<row>`, as 'traffic.links:17'; the table's name begins with its layer's. */
function selectionFromText(text: string | null): Selected | undefined {
  const match = /^((\w+)\.\w+):(\d{1,9})$/.exec(text ?? '')
  const layer = domainIds.find((id) => id === match?.[2])
  return match === null || layer === undefined ? undefined : { layer, table: match[1], row: Number(match[3]) }
}

function townFrom(text: string | null): string | undefined {
  return text !== null && TOWN_ID.test(text) ? text : undefined
}

/** 'off', or an address of the web. */
function qrFromText(text: string | null): string | undefined {
  if (text === 'off') return text
  return text !== null && text.length <= 200 && /^https?:\/\/[^/]/.test(text) && URL.canParse(text)
    ? text
    : undefined
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
