import { useParams } from '@tanstack/react-router';
import { AddressLink } from './AddressLink';

export default function UndoAddressPage() {
  const { token } = useParams({ from: '/undo-address/$token' });
  return <AddressLink act="undo" token={token} />;
}
