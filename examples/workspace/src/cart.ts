import { formatMoney } from './money';

export interface CartItem {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: number;
  readonly quantity: number;
}

export interface Discount {
  readonly code: string;
  readonly percent: number;
  readonly minimumTotal?: number;
}

/** A shopping cart. Prices are in cents. */
export class Cart {
  private readonly items = new Map<string, CartItem>();
  private discount: Discount | undefined;

  add(item: CartItem): void {
    const present = this.items.get(item.sku);
    const quantity = (present?.quantity ?? 0) + item.quantity;
    this.items.set(item.sku, { ...item, quantity });
  }

  remove(sku: string): boolean {
    return this.items.delete(sku);
  }

  applyDiscount(discount: Discount): void {
    if (discount.percent < 0 || discount.percent > 100) {
      throw new RangeError(`a discount of ${discount.percent} % makes no sense`);
    }
    this.discount = discount;
  }

  get subtotal(): number {
    let sum = 0;
    for (const item of this.items.values()) {
      sum += item.unitPrice * item.quantity;
    }
    return sum;
  }

  get total(): number {
    const { discount, subtotal } = this;
    if (!discount || subtotal < (discount.minimumTotal ?? 0)) {
      return subtotal;
    }
    return Math.round(subtotal * (1 - discount.percent / 100));
  }

  receipt(): string {
    const lines = [...this.items.values()].map(
      (item) => `${item.quantity} × ${item.name}  ${formatMoney(item.unitPrice * item.quantity)}`,
    );
    return [...lines, `Total  ${formatMoney(this.total)}`].join('\n');
  }
}
