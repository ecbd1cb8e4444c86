/** A small true document of every format of a feed, from which broken ones are made. Written by us after the standards' texts. */
import { strToU8, zipSync } from 'fflate'
import { realtimeSample } from './realtimeSample.ts'

/** When they are read: 17:30 UTC on 4 August 2026. */
export const NOW_MS = Date.UTC(2026, 7, 4, 17, 30)

export interface Sample {
  readonly format: string
  readonly name: string
  readonly bytes: Uint8Array
}

const gtfsFiles: Readonly<Record<string, string>> = {
  'agency.txt':
    'agency_id,agency_name,agency_url,agency_timezone\na,Agency,https://example.org,America/Montevideo\n',
  'routes.txt': 'route_id,agency_id,route_short_name,route_long_name,route_type\nr,a,1,First,3\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\ns,1,1,1,1,1,0,0,20260101,20261231\n',
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon\nu,Under,-34.90,-56.20\nv,Over,-34.91,-56.19\nw,West,-34.92,-56.18\n',
  'trips.txt': 'route_id,service_id,trip_id,block_id,shape_id\nr,s,t,b,h\nr,s,t2,b,h\n',
  'shapes.txt':
    'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled\nh,-34.90,-56.20,1,0\nh,-34.92,-56.18,2,3000\n',
  'stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\nt,8:00:00,8:00:10,u,1,0\nt,8:05:00,8:05:10,v,2,1400\nt2,25:00:00,25:00:00,v,1,0\nt2,25:05:00,25:05:00,w,2,1500\n',
}

const texts: readonly (readonly [format: string, name: string, text: string])[] = [
  [
    'gbfs',
    'station_information.json',
    '{"last_updated":1785864600,"ttl":60,"version":"2.3","data":{"stations":[{"station_id":"1","name":"Plaza","lat":-34.9,"lon":-56.2,"capacity":20},{"station_id":"2","name":"Rambla","lat":-34.91,"lon":-56.18,"capacity":12}]}}',
  ],
  [
    'gbfs',
    'station_status.json',
    '{"last_updated":"2026-08-04T17:29:30Z","ttl":60,"version":"3.0","data":{"stations":[{"station_id":"1","num_vehicles_available":4,"num_docks_available":16,"is_installed":true,"is_renting":true,"is_returning":true,"last_reported":"2026-08-04T17:29:00Z"}]}}',
  ],
  [
    'gbfs',
    'free_bike_status.json',
    '{"last_updated":1785864600,"ttl":60,"version":"2.3","data":{"bikes":[{"bike_id":"b1","lat":-34.9,"lon":-56.2,"is_reserved":false,"is_disabled":false,"vehicle_type_id":"bike"}]}}',
  ],
  [
    'open311',
    'requests.json',
    '[{"service_request_id":"638344","status":"open","service_name":"Street light","service_code":"sl","description":"Dark corner","requested_datetime":"2026-08-04T10:37:38-03:00","updated_datetime":"2026-08-04T12:00:00-03:00","lat":-34.9,"long":-56.2,"address":"18 de Julio 1000","media_url":""}]',
  ],
  [
    'open311',
    'requests.xml',
    '<?xml version="1.0" encoding="utf-8"?><service_requests><request><service_request_id>638344</service_request_id><status>closed</status><service_name>Pothole</service_name><service_code>ph</service_code><description/><requested_datetime>2026-08-04T10:37:38-03:00</requested_datetime><lat>-34.9</lat><long>-56.2</long></request></service_requests>',
  ],
  [
    'cap',
    'warning.xml',
    '<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>W-1</identifier><sender>office@example.org</sender><sent>2026-08-04T14:00:00-03:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>es-UY</language><category>Met</category><event>Tormenta</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty><expires>2026-08-04T23:00:00-03:00</expires><headline>Tormenta fuerte</headline><area><areaDesc>Montevideo</areaDesc><polygon>-34.8,-56.3 -34.8,-56.0 -35.0,-56.0 -34.8,-56.3</polygon><circle>-34.9,-56.2 5</circle></area></info></alert>',
  ],
  [
    'datex2',
    'measured.xml',
    '<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" modelBaseVersion="2"><payloadPublication xsi:type="MeasuredDataPublication"><publicationTime>2026-08-04T17:29:00Z</publicationTime><siteMeasurements><measurementSiteReference id="S1" version="1" targetClass="MeasurementSiteRecord"/><measurementTimeDefault>2026-08-04T17:28:00Z</measurementTimeDefault><measuredValue index="1"><measuredValue><basicData xsi:type="TrafficFlow"><vehicleFlow><vehicleFlowRate>840</vehicleFlowRate></vehicleFlow></basicData></measuredValue></measuredValue><measuredValue index="2"><measuredValue><basicData xsi:type="TrafficSpeed"><averageVehicleSpeed><speed>42.5</speed></averageVehicleSpeed></basicData></measuredValue></measuredValue></siteMeasurements></payloadPublication></d2LogicalModel>',
  ],
  [
    'datex2',
    'situation.xml',
    '<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" modelBaseVersion="2"><payloadPublication xsi:type="SituationPublication"><publicationTime>2026-08-04T17:29:00Z</publicationTime><situation id="X1"><situationRecord xsi:type="RoadOrCarriagewayOrLaneManagement" id="X1-1" version="1"><situationRecordCreationTime>2026-08-04T10:00:00Z</situationRecordCreationTime><validity><validityStatus>active</validityStatus><validityTimeSpecification><overallStartTime>2026-08-04T10:00:00Z</overallStartTime><overallEndTime>2026-08-05T10:00:00Z</overallEndTime></validityTimeSpecification></validity><groupOfLocations xsi:type="Point"><pointByCoordinates><pointCoordinates><latitude>-34.9</latitude><longitude>-56.2</longitude></pointCoordinates></pointByCoordinates></groupOfLocations><roadOrCarriagewayOrLaneManagementType>roadClosed</roadOrCarriagewayOrLaneManagementType></situationRecord></situation></payloadPublication></d2LogicalModel>',
  ],
  [
    'ngsiLd',
    'flow.json',
    '[{"id":"urn:ngsi-ld:TrafficFlowObserved:1","type":"TrafficFlowObserved","dateObserved":"2026-08-04T17:15:00Z/2026-08-04T17:30:00Z","location":{"type":"Point","coordinates":[-56.2,-34.9]},"intensity":197,"averageVehicleSpeed":52.6,"occupancy":0.76,"laneId":1}]',
  ],
  [
    'geoJson',
    'places.geojson',
    '{"type":"FeatureCollection","features":[{"type":"Feature","id":"p1","geometry":{"type":"Point","coordinates":[-56.2,-34.9]},"properties":{"name":"Plaza","free":7}},{"type":"Feature","geometry":{"type":"LineString","coordinates":[[-56.2,-34.9],[-56.19,-34.91]]},"properties":{"closed":true}}]}',
  ],
  [
    'greenButton',
    'usage.xml',
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content><ReadingType xmlns="http://naesb.org/espi"><flowDirection>1</flowDirection><intervalLength>900</intervalLength><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom></ReadingType></content></entry><entry><content><IntervalBlock xmlns="http://naesb.org/espi"><interval><duration>1800</duration><start>1785862800</start></interval><IntervalReading><timePeriod><duration>900</duration><start>1785862800</start></timePeriod><value>450</value></IntervalReading><IntervalReading><timePeriod><duration>900</duration><start>1785863700</start></timePeriod><value>470</value></IntervalReading></IntervalBlock></content></entry></feed>',
  ],
]

export const samples: readonly Sample[] = [
  { format: 'gtfs', name: 'gtfs.zip', bytes: gtfsZip(gtfsFiles) },
  { format: 'gtfsRealtime', name: 'realtime.pb', bytes: realtimeSample(NOW_MS) },
  ...texts.map(([format, name, text]) => ({ format, name, bytes: strToU8(text) })),
]

/** The feed with one of its files as `change` makes it. */
export function gtfsWith(file: number, change: (text: string) => string): Uint8Array {
  const names = Object.keys(gtfsFiles)
  const name = names[file % names.length]
  return gtfsZip({ ...gtfsFiles, [name]: change(gtfsFiles[name]) })
}

function gtfsZip(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}
