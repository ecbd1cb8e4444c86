/** The drivable network of a city: junction nodes and directed links, as `network.bin.gz` holds it. Static. */
import { metres, type FileTables } from '../kernel/columnsFile.ts'

/** From wide to narrow; links are stored in this order, so that «the first n links» are the streets that matter most. */
export const roadClasses = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'residential',
  'living_street',
] as const

/** What a driver meets at the end of a link. */
export const linkControls = ['none', 'signal', 'stop', 'giveWay', 'levelCrossing'] as const

export const networkSchema = {
  nodes: { xM: metres, yM: metres },
  links: {
    fromNode: 'u32',
    toNode: 'u32',
    lengthM: metres,
    lanes: 'u8',
    freeSpeedMps: { quantum: 0.01 }, // the posted or defaulted limit
    roadClass: 'u8', // index into roadClasses
    name: 'u16', // index into names; 0 is the empty name
    reverseLink: 'i32', // the same street the other way, or −1
    control: 'u8', // index into linkControls
    signal: 'i32', // row of signals, or −1
    isTagged: 'u8', // bit 0: lanes come from a tag, bit 1: speed does
    osmWayId: 'f64',
    shapeStart: 'u32', // first vertex in shape; the vertices run from fromNode to toNode
    shapeCount: 'u16',
  },
  shape: { xM: metres, yM: metres },
  names: { text: 'text' },
  /** One row per signalised junction: neighbouring signal nodes of one crossing are one signal. */
  signals: { xM: metres, yM: metres },
} as const

export type RoadNetwork = FileTables<typeof networkSchema>
