import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../shared/data/', import.meta.url))

/** Real cities' files, beside the project and never in it; tests that read them skip where the folder is absent. */
export const DATA_MISSING = existsSync(FOLDER)
  ? false
  : `no real data at ${FOLDER}: the files of Boston, Minsk and Moscow are not read`

export const BOSTON = `${FOLDER}boston-311-2015/requests_2015-01_2015-09.csv.gz`
export const BOSTON_HOUSING = `${FOLDER}boston-311-2015/housing_requests_2015-01_2015-09.csv.gz`
export const MINSK = `${FOLDER}minsk-115/requests_to_2019-02.csv.gz`
const REFORMAGKH = `${FOLDER}reformagkh-ru/`
export const MOSCOW_2016 = `${REFORMAGKH}moscow_2016-03-08.csv.gz`
export const MOSCOW_2017 = `${REFORMAGKH}moscow_2017-06-14.csv.gz`
export const KARELIA = `${REFORMAGKH}karelia_2016-09-20.csv.gz`
export const OPEN311_SCHEMAS = `${FOLDER}open311-schemas/`
export const UK_LANDLORDS = `${FOLDER}uk-tsm-2024/tsm_2024.csv`
export const ASTANA_OUTLINES = `${FOLDER}map-astana/buildings.geojson.gz`
