/** Small documents of DATEX II in the shapes that France (2.3), the Netherlands (3, XML) and national JSON feeds publish. */

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

/** A document of 2.3 with one publication. */
export function v2(type: string, inner: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><d2LogicalModel modelBaseVersion="2" xmlns="http://datex2.eu/schema/2/2_0">` +
    `<payloadPublication xsi:type="${type}" lang="fr" ${XSI}><publicationTime>2026-08-03T12:00:00+02:00</publicationTime>${inner}` +
    `</payloadPublication></d2LogicalModel>`
  )
}

/** A message of version 3 with its payloads. */
export function v3(...payloads: readonly (readonly [type: string, inner: string])[]): string {
  const inner = payloads.map(
    ([type, content]) =>
      `<mc:payload xsi:type="${type}" lang="nl"><com:publicationTime>2026-08-03T10:00:00Z</com:publicationTime>${content}</mc:payload>`,
  )
  const spaces = [
    'mc:messageContainer',
    'sit:situation',
    'com:common',
    'loc:locationReferencing',
    'roa:roadTrafficData',
  ].map((name) => `xmlns:${name.split(':')[0]}="http://datex2.eu/schema/3/${name.split(':')[1]}"`)
  return `<mc:messageContainer ${spaces.join(' ')} ${XSI} modelBaseVersion="3">${inner.join('')}</mc:messageContainer>`
}

const flow = (vph: number, more = '') =>
  `<basicData xsi:type="TrafficFlow">${more}<vehicleFlow><vehicleFlowRate>${vph}</vehicleFlowRate></vehicleFlow></basicData>`
const speed = (kmh: number, used?: number) =>
  `<basicData xsi:type="TrafficSpeed"><averageVehicleSpeed${used === undefined ? '' : ` numberOfInputValuesUsed="${used}"`}>` +
  `<speed>${kmh}</speed></averageVehicleSpeed></basicData>`
export const data = { flow, speed }

export function value(index: number, basicData: string): string {
  return `<measuredValue index="${index}"><measuredValue>${basicData}</measuredValue></measuredValue>`
}

export function siteMeasurements(id: string, values: string, time = '2026-08-03T10:00:00Z'): string {
  return (
    `<siteMeasurements><measurementSiteReference targetClass="MeasurementSiteRecord" id="${id}" version="1"/>` +
    `<measurementTimeDefault>${time}</measurementTimeDefault>${values}</siteMeasurements>`
  )
}

interface Characteristic {
  readonly index: number
  readonly lane?: string
  readonly vehicle?: string
}

/** A record of a table: its values of one minute, at a point. */
export function siteRecord(
  id: string,
  characteristics: readonly Characteristic[],
  lat = 52.1,
  lng = 4.9,
): string {
  const inner = characteristics.map(
    ({ index, lane, vehicle = '<vehicleType>anyVehicle</vehicleType>' }) =>
      `<measurementSpecificCharacteristics index="${index}"><measurementSpecificCharacteristics><period>60</period>` +
      `${lane === undefined ? '' : `<specificLane>${lane}</specificLane>`}<specificMeasurementValueType>trafficFlow</specificMeasurementValueType>` +
      `<specificVehicleCharacteristics>${vehicle}</specificVehicleCharacteristics>` +
      `</measurementSpecificCharacteristics></measurementSpecificCharacteristics>`,
  )
  return (
    `<measurementSiteRecord id="${id}" version="1"><measurementSiteName><values><value lang="nl">A2 km 4</value></values></measurementSiteName>` +
    `${inner.join('')}<measurementSiteLocation xsi:type="Point"><locationForDisplay><latitude>${lat}</latitude><longitude>${lng}</longitude>` +
    `</locationForDisplay></measurementSiteLocation></measurementSiteRecord>`
  )
}

export const POINT =
  '<groupOfLocations xsi:type="Point"><pointByCoordinates><pointCoordinates><latitude>48.8</latitude><longitude>2.4</longitude>' +
  '</pointCoordinates></pointByCoordinates></groupOfLocations>'

export interface RecordParts {
  readonly id?: string
  readonly type?: string
  readonly validity?: string
  readonly location?: string
  readonly more?: string
}

const VALID =
  '<validityTimeSpecification><overallStartTime>2026-08-03T08:00:00Z</overallStartTime>' +
  '<overallEndTime>2026-08-04T08:00:00Z</overallEndTime></validityTimeSpecification>'

/** A record of a situation of 2.3. */
export function situationRecord({
  id = 'r1',
  type = 'Accident',
  validity = VALID,
  location = POINT,
  more = '',
}: RecordParts = {}): string {
  return (
    `<situationRecord xsi:type="${type}" id="${id}" version="1"><validity><validityStatus>definedByValidityTimeSpec</validityStatus>` +
    `${validity}</validity>${more}${location}</situationRecord>`
  )
}

export function situation(records: string, status = 'real'): string {
  return `<situation id="s1" version="1"><headerInformation><informationStatus>${status}</informationStatus></headerInformation>${records}</situation>`
}
