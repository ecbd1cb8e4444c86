/**
 * The tables of releases whose recordings do not say themselves how they are read, by the fingerprint that they carry. Recordings
 * made since have the text in their header; nothing is added here.
 */

const first = `
traffic.links speedMps:f32/0.25 flowVph:f32/20 queueM:f32/5 vehicles:u16 isClosed:u8
traffic.vehicles link:u32 lane:u8 kind:u8 entryTick:tick exitTick:tick stopM:f32/1
traffic.signals mode:u8
power.substations loadW:f32/10000 loadingRatio:f32/0.01 isInService:u8
power.feeders loadW:f32/5000 lossW:f32/500 loadingRatio:f32/0.01 minVoltagePu:f32/0.001 isEnergized:u8 customersOut:u32
power.buses voltagePu:f32/0.002 loadingRatio:f32/0.02 isEnergized:u8
power.transformers loadW:f32/2000 loadingRatio:f32/0.02 isEnergized:u8
power.breakers isOpen:u8
power.system loadW:f32/10000 lossW:f32/1000 pvW:f32/10000 evW:f32/1000 customersOut:u32 temperatureC:f32/0.1
transit.vehicles trip:u32 vehicle:u32 nextStop:u16 isAtStop:u8 delayS:f32/5
reports.requests service:u8 status:u8 cause:u8 xM:f32/1 yM:f32/1 openedTick:tick updatedTick:tick
objectives.indicators value:f32/0
twin.events kind:u8 row:u32 tick:tick value:f32/0.1
`.trim()

/** Texts of `schemaText.ts`. */
export const earlierSchemas: ReadonlyMap<number, string> = new Map([[8336611, first]])
