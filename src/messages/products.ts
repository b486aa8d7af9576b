import { invalidMessage } from '../errors/error';
import type { Warn } from '../log';
import { isFilled } from '../validation';
import { allowOnly, requireArray, requireObject, requireText } from './checks';
import type { Fields } from './content';
import { interactiveKind } from './interactive';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/catalogs/sell-products-and-services/share-products

const LIMITS = { id: 128, sections: 10, title: 24, products: 30 };

const idRule = (field: string, warn: Warn) => ({
  field,
  limit: LIMITS.id,
  warn,
});

function productAction(value: unknown, warn: Warn, { catalogId }: Fields) {
  return {
    catalog_id: requireText(catalogId, idRule('catalogId', warn)),
    product_retailer_id: requireText(value, idRule('product', warn)),
  };
}

export const product = interactiveKind({
  name: 'product',
  type: 'product',
  header: 'none',
  footer: true,
  isTextOptional: true,
  more: ['catalogId'],
  onPremise: 'old',
  action: productAction,
});

function section(value: unknown, field: string, warn: Warn) {
  const given = requireObject(value, field);
  allowOnly(given, ['title', 'items'], field);
  const { title, items } = given;
  const rule = { field: `${field}.title`, limit: LIMITS.title, warn };
  const ids = requireArray(items, `${field}.items`, { max: LIMITS.products });
  return {
    title: requireText(title, rule),
    product_items: ids.map((id, index) => ({
      product_retailer_id: requireText(
        id,
        idRule(`${field}.items[${index}]`, warn),
      ),
    })),
  };
}

/** Products of a catalog, as in a template's button. */
export function productSections(value: unknown, field: string, warn: Warn) {
  const sections = requireArray(value, field, { max: LIMITS.sections }).map(
    (one, index) => section(one, `${field}[${index}]`, warn),
  );
  const count = sections.flatMap(one => one.product_items).length;
  if (count > LIMITS.products)
    throw invalidMessage(
      `\`${field}\` has ${count} products; the limit is ${LIMITS.products}.`,
      'Leave out products, or send several messages.',
      { field },
    );
  return sections;
}

function productsAction(value: unknown, warn: Warn) {
  const products = requireObject(
    value,
    'products',
    "products: { catalogId: '123', sections: [{ title: 'Nets', items: ['SKU1'] }] }",
  );
  allowOnly(products, ['catalogId', 'sections'], 'products');
  return {
    catalog_id: requireText(
      products.catalogId,
      idRule('products.catalogId', warn),
    ),
    sections: productSections(products.sections, 'products.sections', warn),
  };
}

export const products = interactiveKind({
  name: 'products',
  type: 'product_list',
  header: 'required text',
  onPremise: 'old',
  action: productsAction,
});

function catalogAction(value: unknown, warn: Warn) {
  if (value === true) return { name: 'catalog_message' };
  const catalog = requireObject(value, 'catalog', 'catalog: true');
  allowOnly(catalog, ['thumbnail'], 'catalog');
  if (!isFilled(catalog.thumbnail)) return { name: 'catalog_message' };
  const rule = idRule('catalog.thumbnail', warn);
  const thumbnail_product_retailer_id = requireText(catalog.thumbnail, rule);
  return {
    name: 'catalog_message',
    parameters: { thumbnail_product_retailer_id },
  };
}

export const catalog = interactiveKind({
  name: 'catalog',
  type: 'catalog_message',
  header: 'none',
  footer: true,
  onPremise: 'never',
  action: catalogAction,
});
