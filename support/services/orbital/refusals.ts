import type { Refused } from '../service'

const field = (name: string): Refused => ({ status: [422], says: new RegExp(`"loc":\\["(?:body|query)","${name}"\\]`) })

/** What the words after "it is refused because" stand for. */
export const refusals: Readonly<Record<string, Refused>> = {
  'phone or password is wrong': { status: [401], says: /^Incorrect phone or password$/ },
  'the account is switched off': { status: [403], says: /^User is inactive$/ },
  'she is no courier': { status: [404], says: /^Courier not found$/ },
  'the courier is busy': { status: [409], says: /^Courier is busy$/ },
  'the delivery is not open': { status: [409], says: /^Delivery is not open$/ },
  'there is no such delivery': { status: [404], says: /^Delivery not found$/ },
  'the password is missing': field('password'),
  'the phone is missing': field('phone'),
  'the latitude is wrong': field('latitude'),
  'the longitude is wrong': field('longitude'),
  'the accuracy is wrong': field('accuracy'),
  'the time is wrong': field('recorded_at'),
  'the status is wrong': field('status'),
  'the number of entries is wrong': field('limit'),
}
