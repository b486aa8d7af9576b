import { expect } from 'chai';
import {
  getBusinessProfile,
  getPhoneNumber,
  listPhoneNumbers,
  updateBusinessProfile,
  uploadFileHandle,
} from '../../src';
import { data as examples } from '../support/example-data';
import { errorOf } from '../support/errors';
import { configuration, mockApi } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

describe('account', () => {
  const sandbox = useSandbox();
  const state = () => ({ configuration: { ...sandbox.credential }, data: {} });

  describe('listPhoneNumbers', () => {
    it('returns phone numbers with quality, throughput and status', async () => {
      const { data } = await listPhoneNumbers()(state());
      expect(data).to.have.length(2);
      expect(data[0]).to.deep.include({
        id: '123456789012345',
        quality_rating: 'GREEN',
        throughput: { level: 'STANDARD' },
        status: 'CONNECTED',
      });
    });

    it("serializes filters in Meta's format", async () => {
      let seen = '';
      mockApi()
        .intercept({ path: path => path.includes('/phone_numbers') })
        .reply(200, ({ path }) => {
          seen = path;
          return { data: [] };
        });
      const filtering = [
        { field: 'account_mode', operator: 'EQUAL', value: 'LIVE' },
      ];
      await listPhoneNumbers({ filtering, fields: ['id'] })({ configuration });
      const { searchParams } = new URL(seen, 'https://a.b');
      expect(JSON.parse(searchParams.get('filtering')!)).to.eql(filtering);
      expect(searchParams.get('fields')).to.equal('id');
    });
  });

  describe('getPhoneNumber', () => {
    it('returns the phone number of the credential and its health status', async () => {
      const { data } = await getPhoneNumber()(state());
      expect(data).to.include({
        id: '123456789012345',
        quality_rating: 'GREEN',
        status: 'CONNECTED',
      });
      expect(data.health_status.can_send_message).to.equal('AVAILABLE');
      expect(data.whatsapp_business_manager_messaging_limit).to.equal(
        'TIER_2K',
      );
      expect(data.throughput.level).to.equal('STANDARD');
    });

    it('returns another phone number by ID', async () => {
      const { data } = await getPhoneNumber({
        id: '123456789012346',
        fields: 'id,status',
      })(state());
      expect(data).to.eql({ id: '123456789012346', status: 'CONNECTED' });
    });

    for (const id of ['+1 555 000 2222', 123456789012346, '../x'])
      it(`rejects the invalid ID ${id}`, async () => {
        const error = await errorOf(() =>
          getPhoneNumber({ id: id as string })(state()),
        );
        expect(error.code).to.equal('INVALID_OPTIONS');
        expect(sandbox.requests).to.have.length(0);
      });
  });

  describe('business profile', () => {
    it('is updated without changing omitted fields', async () => {
      const changes = {
        email: 'clinic@example.org',
        websites: 'https://example.org',
        vertical: 'HEALTH',
      };
      const { data } = await updateBusinessProfile(changes)(state());
      expect(data).to.eql({ success: true });
      const profile = await getBusinessProfile()(state());
      expect(profile.data).to.eql({
        messaging_product: 'whatsapp',
        about: 'Clinic',
        email: 'clinic@example.org',
        websites: ['https://example.org'],
        vertical: 'HEALTH',
      });
    });

    it('accepts a profile photo handle', async () => {
      const { data } = await uploadFileHandle(examples.photo)(state());
      await updateBusinessProfile({ profile_picture_handle: data.h })(state());
      const profile = await getBusinessProfile({
        fields: 'profile_picture_url',
      })(state());
      expect(profile.data.profile_picture_url).to.contain('https://');
      expect(profile.data).not.to.have.property('about');
    });

    it('is read from a nested response, too', async () => {
      mockApi()
        .intercept({ path: path => path.includes('_profile') })
        .reply(200, { data: [{ business_profile: { about: 'Clinic' } }] });
      const { data } = await getBusinessProfile()({ configuration });
      expect(data).to.eql({ about: 'Clinic' });
    });

    it('is updated again if the response is lost', async () => {
      sandbox.fault({ path: 'whatsapp_business_profile', reset: 'after' });
      const { data } = await updateBusinessProfile({ about: 'a' })(state());
      expect(data).to.eql({ success: true });
    });

    it('is not sent with values that Meta rejects; the error lists all of them', async () => {
      const error = await errorOf(() =>
        updateBusinessProfile({
          about: 'a'.repeat(140),
          description: 'a'.repeat(513),
          websites: ['https://a.b', 'https://c.d', 'e.f'],
          wesbite: 'x',
        } as any)(state()),
      );
      expect(error.code).to.equal('INVALID_PROFILE');
      for (const part of [
        'about has 140 characters; the limit is 139',
        'description has 513 characters; the limit is 512',
        'websites has 3 URLs; the limit is 2',
        'websites have to start with https://',
        'wesbite is not known',
      ])
        expect(error.message).to.contain(part);
      expect(sandbox.requests).to.have.length(0);
    });

    for (const profile of [undefined, {}, 'Clinic', { about: '' }])
      it(`is not updated with ${JSON.stringify(profile)}`, async () => {
        const error = await errorOf(() =>
          updateBusinessProfile(profile as any)(state()),
        );
        expect(error.code).to.equal('INVALID_PROFILE');
      });
  });
});
