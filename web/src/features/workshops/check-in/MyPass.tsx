import { useId } from 'react';
import { shortPassOf } from '../../../../../src/contracts/workshops/passes';
import Qr from '../attendance/Qr';
import classes from './check-in.module.css';

interface MyPassProps {
  pass: string;
  /** Whether it is shown without being asked for: its time is near. */
  open: boolean;
  words: { title: string; help: string; qr: string };
}

/** What I show at the door: for a camera, and in signs for who types. It is a part of the page, so it stays without a network. */
export default function MyPass({ pass, open, words }: MyPassProps) {
  const id = useId();
  return (
    <details className={classes.pass} open={open}>
      <summary id={id}>{words.title}</summary>
      <figure className={classes.shown} aria-labelledby={id}>
        <Qr address={pass} label={words.qr} />
        <figcaption>
          <p className={classes.signs} translate="no">
            {shortPassOf(pass)}
          </p>
          <p className="xs t2">{words.help}</p>
        </figcaption>
      </figure>
    </details>
  );
}
