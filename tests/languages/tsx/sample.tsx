import React, { useState } from 'react';
import type { Theme } from "./theme";

/** What a button takes. */
interface ButtonProps {
  label: string;
  onPress?: (count: number) => void;
}

type State = { count: number };

enum Size {
  Small,
  Large = 'large',
}

/** A button that counts. */
export const Button: React.FC<ButtonProps> = ({ label, onPress }) => {
  const [state, setState] = useState<State>({ count: 0 });
  const press = () => {
    setState({ count: state.count + 1 });
    onPress?.(state.count);
  };
  return (
    <button className={`button ${Size.Large}`} data-count={state.count} disabled onClick={press}>
      {label}: pressed &amp; counted {state.count} times
    </button>
  );
};

export default function App<T extends object>({ theme }: { theme: Theme }): JSX.Element {
  function renderItem(item: T, index: number) {
    return <li key={index}>{String(item)}</li>;
  }
  return (
    <>
      <Button label="one" onPress={(n) => console.log(n)} />
      <Theme.Provider value={theme}>{[].map(renderItem)}</Theme.Provider>
    </>
  );
}

@observer
export class Panel extends React.Component<ButtonProps, State> {
  state: State = { count: 0 };

  constructor(props: ButtonProps) {
    super(props);
  }

  private reset = (): void => this.setState({ count: 0 });

  get size(): Size {
    return Size.Small;
  }

  render() {
    return <div onClick={this.reset}>{this.props.label}</div>;
  }
}

const memo = React.memo(function Memo(props: ButtonProps) {
  return <Button {...props} />;
});

function broken(x: number {
  return <div>{x +}</div>;
}

function after(x: number): JSX.Element {
  return <p>{x}</p>;
}
