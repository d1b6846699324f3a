import { isFault, parseFan, type FanBody } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import { parseJson } from './items.ts';

/** The fan a request is about. @throws Fault that names what is wrong with the body */
export function readFan(body: unknown): FanBody {
  const fan = parseFan(parseJson(body));
  if (isFault(fan)) throw new Fault(fan.code === 'unknown_field' ? 'unknown_field' : 'bad_field', fan.detail);
  return fan;
}
