import { Children, Component, isValidElement, type ReactNode, Suspense } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { isLostScript } from '../../api/updated';
import { askAgainForLost } from '../page/lazy-part';
import classes from './Part.module.css';
import { Notice } from '../page/State';

interface PartProps {
  /** What stands there until the part has come. */
  fallback?: ReactNode;
  /**
   * What stands there when it does not come: a box that says so; the `fallback`, with the box over the page, for what opens over it;
   * the `fallback` with a line under it, where it says the same as the part; or nothing, for what the page is whole without.
   */
  lost?: 'box' | 'over' | 'fallback' | 'nothing';
  children: ReactNode;
}

interface PartState {
  error: unknown;
  /** How often its reader asked for it again. */
  tries: number;
  /** Which of the children are there. */
  shape: string;
}

/**
 * What is around a part of a page that comes later (`lazyPart`). Where its script cannot be loaded, since the line is down or a newer
 * version took its place, the rest of the page stays, and one can ask for the part again. Any other error goes on to the page.
 */
export class Part extends Component<PartProps, PartState> {
  override state: PartState = { error: null, tries: 0, shape: '' };

  /** A dialog that was closed, or another panel in its place, is another part. */
  static getDerivedStateFromProps({ children }: PartProps, { shape }: PartState): PartState | null {
    const now = shapeOf(children);
    return now === shape ? null : { error: null, tries: 0, shape: now };
  }

  static getDerivedStateFromError(error: unknown): Partial<PartState> {
    return { error };
  }

  override componentDidUpdate(_: PartProps, before: PartState): void {
    if (before.error && !this.state.error) askAgainForLost();
  }

  override componentWillUnmount(): void {
    if (this.state.error) askAgainForLost();
  }

  private readonly tryAgain = () => {
    askAgainForLost();
    this.setState(({ tries }) => ({ error: null, tries: tries + 1 }));
  };

  override render(): ReactNode {
    const { fallback, lost = 'box', children } = this.props;
    const { error, tries } = this.state;
    if (!error) return <Suspense fallback={fallback}>{children}</Suspense>;
    if (!isLostScript(error)) throw error as Error;
    if (lost === 'nothing') return null;
    const acts = <Acts tries={tries} onRetry={this.tryAgain} />;
    if (lost === 'box')
      return (
        <div className="mt16">
          <Box>{acts}</Box>
        </div>
      );
    return (
      <>
        {fallback}
        {lost === 'over' ? <Over>{acts}</Over> : <Line>{acts}</Line>}
      </>
    );
  }
}

function shapeOf(children: ReactNode): string {
  return Children.toArray(children)
    .map((child) => (isValidElement(child) ? child.key : ''))
    .join();
}

function Box({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Notice>
      <span>{t('lostPart')}</span>
      <div className="row wrap mt8">{children}</div>
    </Notice>
  );
}

/** A dialog or a menu has no place in the page; its box is where it can be seen. */
const Over = ({ children }: { children: ReactNode }) =>
  createPortal(
    <div className={classes.over}>
      <Box>{children}</Box>
    </div>,
    document.body,
  );

function Line({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <p className="row wrap xs t2 mt4" role="status">
      {t('lostPart')}
      {children}
    </p>
  );
}

/** Who asks again in vain stays where they are; whom asking does not help can load the page anew. */
function Acts({ tries, onRetry }: { tries: number; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <button type="button" className="link" autoFocus={tries > 0} onClick={onRetry}>
        {t('retry')}
      </button>
      {tries > 0 && (
        <button type="button" className="link" onClick={() => window.location.reload()}>
          {t('reload')}
        </button>
      )}
    </>
  );
}
