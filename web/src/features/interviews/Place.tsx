/** Where an interview is: a link where that is the address of a meeting. */
export function Place({ place }: { place: string }) {
  if (!/^https?:\/\/\S+$/i.test(place)) return place;
  return (
    <a className="link" href={place} rel="noreferrer noopener" target="_blank">
      {place}
    </a>
  );
}

/** A phone number for the day, to be called from a phone. */
export function Phone({ phone }: { phone: string }) {
  return (
    <a className="link" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
      {phone}
    </a>
  );
}
