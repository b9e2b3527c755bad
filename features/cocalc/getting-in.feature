Feature: Getting in
  Programs use CoCalc with a key of somebody's account, and can do what that person may do.

  Rule: A key lets a program in

    # COC-001
    @smoke
    Scenario: CoCalc is there
      When Ada asks whether CoCalc is there
      Then CoCalc has answered once

    # COC-004
    Scenario: CoCalc stays there
      When Ada asks whether CoCalc is there 3 times in a row
      Then CoCalc has answered 3 times

    # COC-017
    Scenario: A person's own name
      When Ada looks up the own first name
      Then a first name is shown

  Rule: Without a key that CoCalc knows nobody gets in

    # COC-003
    Scenario: A made-up key
      When somebody with a made-up key tries to ask whether CoCalc is there
      Then it is refused because the key is not known
