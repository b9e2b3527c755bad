import type { Refused } from '../service'

/**
 * A 422 that names this field and no other, in FastAPI's form: a list of `{loc, msg, type}`.
 * @param isMissing whether the entry says that the field is missing, or that its value is invalid
 */
function field(name: string, isMissing = false): Refused {
  const where = `"loc":\\["(?:body|query)","`
  const isNamed = `${where}${name}"\\]`
  const noOther = `(?!.*${where}(?!${name}"))`
  const type = isMissing ? '[\\w.]*missing' : '(?![\\w.]*missing)[\\w.]+'
  const isOne = '(?!.*"loc":.*"loc":)'
  return { status: [422], says: new RegExp(`^${noOther}${isOne}(?=.*"type":"${type}").*${isNamed}`, 's') }
}

/** The responses for the words after "it is refused because". The backend's wording is not checked, only the reason. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the access token is invalid': { status: [401], says: /credentials|token|not authenticated|unauthori[sz]ed/i },
  'phone or password is wrong': { status: [401], says: /phone.*password|password.*phone|credentials/i },
  'the user is inactive': { status: [403], says: /inactive|deactivated|disabled|not active/i },
  'there is no such courier': { status: [404], says: /courier/i },
  'the courier is busy': { status: [409], says: /busy|open deliver/i },
  'the delivery is no longer open': { status: [409], says: /not open|no longer open|already|delivered|completed/i },
  'there is no such delivery': { status: [404], says: /delivery/i },
  'the password is missing': field('password', true),
  'the phone is missing': field('phone', true),
  'the latitude is missing': field('latitude', true),
  'the latitude is invalid': field('latitude'),
  'the longitude is invalid': field('longitude'),
  'the accuracy is invalid': field('accuracy'),
  'the time is invalid': field('recorded_at'),
  'the status is invalid': field('status'),
  'the limit is invalid': field('limit'),
}
