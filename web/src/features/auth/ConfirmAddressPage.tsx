import { useParams } from '@tanstack/react-router';
import { AddressLink } from './AddressLink';

export default function ConfirmAddressPage() {
  const { token } = useParams({ from: '/confirm-address/$token' });
  return <AddressLink act="confirm" token={token} />;
}
